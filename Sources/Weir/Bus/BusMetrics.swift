// SPDX-License-Identifier: Apache-2.0

import Metrics
import WeirEvents

/// Counts what happens on the bus through swift-metrics, under the names that the platform's dashboards know.
///
/// Types, operations, subscriptions and reasons are declared or of a fixed set, so the series have a bound.
final class BusMetrics: BusObserver {
    private struct Key: Hashable {
        let label: String
        let values: [String]
    }

    private let next: (any BusObserver)?
    private let factory: any MetricsFactory
    private let counters = AdministrationLock<[Key: Counter]>([:])
    private let timers = AdministrationLock<[String: Timer]>([:])

    init(next: (any BusObserver)?, factory: any MetricsFactory = MetricsSystem.factory) {
        self.next = next
        self.factory = factory
    }

    func record(_ event: BusEvent) {
        next?.record(event)
        let handler = event.operation.map { "\($0)" } ?? ""
        let subscription = event.subscription.map { "\($0)" } ?? ""
        switch event.name {
        case .published:
            count("events_published_total", [("event_type", event.type), ("source_service", event.source)])
        case .publishFailed:
            count("events_publish_failed_total", [("event_type", event.type), ("reason", event.reason ?? "")])
        case .handled:
            consumed(event, handler, "success")
            time(event)
        case .failed:
            consumed(event, handler, "error")
            time(event)
            count(
                "event_processing_errors_total",
                [("event_type", event.type), ("handler", handler), ("error_type", event.error ?? "")])
        case .deadLettered, .lost:
            count(
                "events_given_up_total",
                [
                    ("event_type", event.type), ("subscription", subscription), ("reason", event.reason ?? ""),
                    ("kept", event.name == .lost ? "false" : "true"),
                ])
        default:
            count("events_bus_total", [("what", event.name.rawValue), ("subscription", subscription)])
        }
    }

    private func consumed(_ event: BusEvent, _ handler: String, _ status: String) {
        count("events_consumed_total", [("event_type", event.type), ("handler", handler), ("status", status)])
    }

    private func time(_ event: BusEvent) {
        let timer = timers.withLock { timers in
            if let known = timers[event.type] { return known }
            let made = Timer(
                label: "event_processing_duration_seconds", dimensions: [("event_type", event.type)], factory: factory)
            timers[event.type] = made
            return made
        }
        timer.recordNanoseconds(Int64(clamping: event.nanoseconds))
    }

    private func count(_ label: String, _ dimensions: [(String, String)]) {
        let key = Key(label: label, values: dimensions.map(\.1))
        let counter = counters.withLock { counters in
            if let known = counters[key] { return known }
            let made = Counter(label: label, dimensions: dimensions, factory: factory)
            counters[key] = made
            return made
        }
        counter.increment()
    }
}
