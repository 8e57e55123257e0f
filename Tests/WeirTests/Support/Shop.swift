// SPDX-License-Identifier: Apache-2.0

import Logging
import WeirPolicy
import WeirResilience

@testable import Weir

/// A small graph to load: a checkout that calls payments, and policies with parts that tests change.
struct Shop {
    var breaker: CircuitBreakerPolicy?
    var bulkhead: Int?
    var deadline: DeadlinePolicy?
    var timeout: TimeoutPolicy?
    var fallback: FallbackPolicy?
    var line = 1
    var callers = ["checkout.place-order": "card-payments"]
    var policies: [String] = ["card-payments"]
    var method = "POST"
    var target = "payments.authorize"
    var renames: [Rename] = []

    static func name(_ name: String) -> QualifiedName { QualifiedName(package: "shop", name: name) }

    func graph() throws -> PolicyGraph {
        var steps: [PipelineStep] = []
        func add(_ step: PolicyStep) {
            steps.append(PipelineStep(step, place: SourcePlace(file: "shop/card.weir", line: line, column: 3)))
        }
        if let fallback { add(.fallback(fallback)) }
        if let deadline { add(.deadline(deadline)) }
        if let breaker { add(.breaker(breaker)) }
        if let timeout { add(.timeout(timeout)) }
        if let bulkhead { add(.bulkhead(try BulkheadPolicy(calls: bulkhead))) }
        let place = SourcePlace(file: "shop/card.weir", line: 1, column: 1)
        let resolved = try policies.map { try ResolvedPolicy(name: Self.name($0), steps: steps, place: place) }
        let payments = OperationNode(name: Self.name(target), method: method)
        let others = callers.map { caller, policy in
            OperationNode(
                name: Self.name(caller),
                calls: [.init(callee: payments.name, times: 1, policy: Self.name(policy))])
        }
        return PolicyGraph(
            environment: nil, services: [], operations: [payments] + others, policies: resolved, renames: renames)
    }

    /// A breaker that opens after so many failures in a row.
    static func breaker(failures: Int) throws -> CircuitBreakerPolicy {
        try CircuitBreakerPolicy(
            trips: [.consecutive(failures)], openTime: .listed([.seconds(30)]), openJitter: .percent(0))
    }
}

extension WeirConfiguration {
    /// Silent, on a clock that stands still until a test moves it.
    static func quiet(_ clock: ManualClock = ManualClock(now: 0)) -> WeirConfiguration {
        WeirConfiguration(
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), metricsInterval: nil,
            clock: .manual(clock))
    }
}

struct Failed: Error {}
