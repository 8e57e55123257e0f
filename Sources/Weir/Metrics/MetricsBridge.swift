// SPDX-License-Identifier: Apache-2.0

import Metrics
import WeirPolicy
import WeirResilience

/// Publishes what pipelines have counted since the last time through swift-metrics.
///
/// Calls count in words of their own; this reads the words now and then, so that no call makes or touches a metric.
struct MetricsBridge {
    private let factory: any MetricsFactory
    private var published: [QualifiedName: PipelineCounters.Snapshot] = [:]
    private var reloads = WeirStatus.ReloadCounts()
    private var counters: [Key: Counter] = [:]

    private struct Key: Hashable {
        let label: String
        let owner: QualifiedName
        let policy: QualifiedName
        let value: String
    }

    init(factory: any MetricsFactory = MetricsSystem.factory) { self.factory = factory }

    /// Publishes the difference to the last status.
    mutating func publish(_ status: WeirStatus) {
        var owners: Set<QualifiedName> = []
        for handle in status.handles where owners.insert(handle.owner).inserted { publish(handle) }
        published = published.filter { owners.contains($0.key) }
        counters = counters.filter { owners.contains($0.key.owner) }
        for breaker in status.breakers { publish(breaker) }
        publish("applied", status.reloads.applied - reloads.applied)
        publish("rejected", status.reloads.rejected - reloads.rejected)
        publish("unchanged", status.reloads.unchanged - reloads.unchanged)
        reloads = status.reloads
        gauge("resilience.weir.last_reload.success").record(status.rejection == nil ? 1 : 0)
        gauge("resilience.weir.generation").record(status.generation)
    }

    private mutating func publish(_ handle: WeirStatus.Handle) {
        let now = handle.counters, before = published[handle.owner]
        published[handle.owner] = now
        for (outcome, count) in Self.outcomes {
            add("resilience.calls", handle, "outcome", outcome, count(now) - (before.map(count) ?? 0))
        }
        for (name, count) in Self.events {
            add(name, handle, "", "", count(now) - (before.map(count) ?? 0))
        }
        let times = Self.cumulated(now.latency), timesBefore = before.map { Self.cumulated($0.latency) }
        for (bucket, count) in times.enumerated() {
            add("resilience.call.duration.bucket", handle, "le", Self.ends[bucket], count - (timesBefore?[bucket] ?? 0))
        }
        gauge("resilience.orphans", Self.dimensions(handle, "", "")).record(handle.orphans)
    }

    private mutating func add(
        _ label: String, _ handle: WeirStatus.Handle, _ dimension: String, _ value: String, _ amount: UInt64
    ) {
        guard amount > 0 else { return }
        let key = Key(label: label, owner: handle.owner, policy: handle.policy, value: value)
        let counter =
            counters[key]
            ?? Counter(label: label, dimensions: Self.dimensions(handle, dimension, value), factory: factory)
        counters[key] = counter
        counter.increment(by: Int64(clamping: amount))
    }

    private func publish(_ breaker: WeirStatus.Breaker) {
        // By scope value would have no bound on its series.
        guard breaker.scope == nil else { return }
        for state in [BreakerState.closed, .open, .halfOpen] {
            gauge("resilience.circuit_breaker.state", [("breaker", "\(breaker.key.owner)"), ("state", state.rawValue)])
                .record(breaker.snapshot.state == state ? 1 : 0)
        }
    }

    private func publish(_ result: String, _ amount: Int) {
        guard amount > 0 else { return }
        Counter(label: "resilience.weir.reloads", dimensions: [("result", result)], factory: factory).increment(
            by: amount)
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)] = []) -> Gauge {
        Gauge(label: label, dimensions: dimensions, factory: factory)
    }

    private static func dimensions(
        _ handle: WeirStatus.Handle, _ dimension: String, _ value: String
    ) -> [(String, String)] {
        let own = [("policy", "\(handle.policy)"), ("upstream", "\(handle.owner)")]
        return dimension.isEmpty ? own : own + [(dimension, value)]
    }

    /// Calls that took less than the end of each bucket.
    private static func cumulated(_ latency: LatencyHistogram) -> [UInt64] {
        var sum: UInt64 = 0
        return latency.counts.map { count in
            sum += count
            return sum
        }
    }

    /// The ends of the buckets in seconds, as Prometheus writes the bounds of a histogram.
    private static let ends = (0..<LatencyHistogram.buckets).map { bucket in
        LatencyHistogram.end(of: bucket).map { "\($0 / .seconds(1))" } ?? "+Inf"
    }

    private typealias Reading = @Sendable (PipelineCounters.Snapshot) -> UInt64

    private static let outcomes: [(String, Reading)] = [
        ("success", \.successes), ("degraded", \.degraded), ("failure", \.failures), ("ignored", \.ignored),
        ("cancelled", \.cancelled), ("rejected_open", \.rejectedOpen), ("rejected_full", \.rejectedFull),
        ("rejected_limited", \.rejectedLimited), ("rejected_deadline", \.rejectedDeadline),
        ("rejected_orphans", \.rejectedOrphans),
    ]

    private static let events: [(String, Reading)] = [
        ("resilience.attempts", \.attempts), ("resilience.retries", \.retries), ("resilience.timeouts", \.timeouts),
        ("resilience.timeout.overruns", \.overruns), ("resilience.fallback.failures", \.fallbackFailures),
    ]
}
