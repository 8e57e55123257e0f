// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Testing
import WeirResilience

@testable import Weir

/// Collects what is published.
private final class Collector: MetricsFactory, CounterHandler, RecorderHandler, TimerHandler, @unchecked Sendable {
    // Safe: the bridge of one test publishes from one task.
    var values: [String: Double] = [:]
    private let name: String
    private let root: Collector?

    init(name: String = "", root: Collector? = nil) {
        self.name = name
        self.root = root
    }

    private func child(_ label: String, _ dimensions: [(String, String)]) -> Collector {
        Collector(name: ([label] + dimensions.map { "\($0)=\($1)" }).joined(separator: " "), root: self)
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { child(label, dimensions) }
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        child(label, dimensions)
    }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { child(label, dimensions) }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
    func increment(by amount: Int64) { root?.values[name, default: 0] += Double(amount) }
    func reset() {}
    func record(_ value: Int64) { root?.values[name] = Double(value) }
    func record(_ value: Double) { root?.values[name] = value }
    func recordNanoseconds(_ duration: Int64) {}
}

@Suite struct MetricsBridgeTests {
    @Test func `publishes what was counted since the last time`() async throws {
        var shop = Shop()
        shop.breaker = try Shop.breaker(failures: 2)
        let source = ChangingSource(try shop.graph())
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        let collector = Collector()
        var bridge = MetricsBridge(factory: collector)
        let own = "policy=shop.card-payments upstream=shop.payments.authorize"
        _ = try await handle.run { 7 }
        bridge.publish(weir.status())
        #expect(collector.values["resilience.calls \(own) outcome=success"] == 1)
        #expect(collector.values["resilience.circuit_breaker.state breaker=shop.payments.authorize state=closed"] == 1)
        #expect(collector.values["resilience.call.duration.bucket \(own) le=1.024e-06"] == 1)
        for _ in 0..<3 { _ = try? await handle.run { throw Failed() } }  // The failures are what is counted.
        source.breakFiles("1")
        await weir.reload()
        bridge.publish(weir.status())
        bridge.publish(weir.status())
        #expect(collector.values["resilience.calls \(own) outcome=success"] == 1)
        #expect(collector.values["resilience.calls \(own) outcome=failure"] == 2)
        #expect(collector.values["resilience.calls \(own) outcome=rejected_open"] == 1)
        #expect(
            collector.values["resilience.call.duration.bucket \(own) le=+Inf"] == 3, "cumulative, refusals left out")
        #expect(collector.values["resilience.circuit_breaker.state breaker=shop.payments.authorize state=open"] == 1)
        #expect(collector.values["resilience.weir.reloads result=rejected"] == 1)
        #expect(collector.values["resilience.weir.last_reload.success"] == 0)
    }
}
