// SPDX-License-Identifier: Apache-2.0

@testable import WeirPolicy

/// Makes graphs at random from a seed, with every kind of step and every shape of setting in reach.
struct GraphGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// A number from 0 to `bound - 1` (xorshift).
    mutating func pick(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    mutating func maybe<Value>(_ value: (inout GraphGenerator) throws -> Value) rethrows -> Value? {
        pick(2) == 0 ? nil : try value(&self)
    }

    mutating func time() -> Duration { .microseconds(1 + pick(10) * 90_061_000 + pick(5_000_000)) }
    mutating func ratio() throws -> Ratio { try Ratio(millionths: 1 + pick(1_000_000)) }
    private mutating func factor() throws -> Factor { try Factor(thousandths: 1000 + pick(9000)) }
    mutating func text() -> String { ["a", "X-Tenant", "it \"is\"", "ü \\ \n", ""][pick(5)] }
    mutating func name() -> QualifiedName {
        QualifiedName(package: ["", "a", "a.b"][pick(3)], name: "n\(pick(9))")
    }
    mutating func operation() -> QualifiedName {
        QualifiedName(package: ["", "a", "a.b"][pick(3)], name: "s\(pick(3)).o\(pick(9))")
    }

    mutating func outcomes() -> [OutcomeMatcher] {
        let all: [OutcomeMatcher] = [
            .timeout, .refused, .reset, .unavailable, .open, .full, .limited, .anyFailure, .status(503...503),
            .status(500...599), .error("Shop.NoFunds"), .error("a \"b\""), .grpc("resource-exhausted"),
        ]
        return (0...pick(4)).map { _ in all[pick(all.count)] }
    }

    private mutating func source() -> ScopeKey.Source {
        [.caller, .operation, .header(text()), .field("tenant")][pick(4)]
    }

    private mutating func scope() throws -> ScopeKey? {
        try maybe { try ScopeKey($0.source(), mostKeys: 1 + $0.pick(1000)) }
    }

    mutating func graph() throws -> PolicyGraph {
        var policies: [QualifiedName: ResolvedPolicy] = [:]
        for _ in 0..<pick(6) {
            let name = name()
            policies[name] = try ResolvedPolicy(name: name, steps: (0..<pick(8)).map { _ in try step() })
        }
        var operations: [QualifiedName: OperationNode] = [:]
        for _ in 0..<pick(6) {
            let node = try operationNode()
            operations[node.name] = node
        }
        var services: [QualifiedName: ServiceNode] = [:]
        for _ in 0..<pick(4) {
            let name = name()
            services[name] = ServiceNode(
                name: name, isExternal: pick(2) == 0, owner: maybe { $0.text() }, tier: maybe { _ in "critical" })
        }
        return PolicyGraph(
            environment: maybe { _ in "staging" }, services: Array(services.values),
            operations: Array(operations.values), policies: Array(policies.values), topology: try topology(),
            renames: (0..<pick(3)).map { _ in
                pick(2) == 0
                    ? Rename(kind: .operation, old: operation(), new: operation())
                    : Rename(kind: Rename.Kind.allCases.filter { $0 != .operation }[pick(7)], old: name(), new: name())
            })
    }

    private mutating func operationNode() throws -> OperationNode {
        let idempotency: [OperationNode.Idempotency] = [.undeclared, .idempotent, .notIdempotent, .by(source())]
        return OperationNode(
            name: operation(), method: maybe { _ in "POST" }, route: maybe { _ in "/a/{b}" },
            idempotency: idempotency[pick(4)],
            load: try maybe { try Rate(count: $0.pick(100), window: $0.time()) }, typicalLatency: maybe { $0.time() },
            p99Latency: maybe { $0.time() }, answersWithin: maybe { $0.time() },
            calls: (0..<pick(3)).map { _ in
                OperationNode.Call(callee: operation(), times: 1 + pick(5), policy: maybe { $0.name() })
            },
            publishes: (0..<pick(2)).map { _ in OperationNode.Publication(event: name(), exchange: name()) },
            objectives: try (0..<pick(3)).map { _ in
                try ServiceObjective(share: .percent(99), within: maybe { $0.time() }, period: .seconds(86_400))
            })
    }

    private mutating func step() throws -> PipelineStep {
        let abandon = maybe { 1 + $0.pick(100) }
        let policy: PolicyStep =
            switch pick(12) {
            case 0: .fallback(try fallback())
            case 1: .deadline(try DeadlinePolicy(total: time(), abandon: abandon))
            case 2:
                .limit(
                    try RateLimitPolicy(
                        rate: Rate(count: pick(500), window: time()), burst: 10 + pick(9), initial: pick(10),
                        maxWait: time(), cost: pick(10), kind: [.bucket, .fixed, .sliding, .smooth][pick(4)],
                        scope: scope()))
            case 3: .retry(try retry())
            case 4: .hedge(try hedge())
            case 5: .breaker(try breaker())
            case 6:
                .bulkhead(
                    try BulkheadPolicy(
                        calls: pick(99), queue: pick(9), maxWait: maybe { $0.time() },
                        order: [.oldest, .newest][pick(2)], partition: try maybe { try $0.partition() },
                        scope: scope()))
            case 7: .cache(try CachePolicy(duration: time(), mostAnswers: 1 + pick(99), scope: scope()))
            case 8: .coalesce(CoalescePolicy(maxWait: maybe { $0.time() }, scope: try scope()))
            case 9:
                .throttle(
                    try ThrottlePolicy(
                        threshold: ratio(), aggression: factor(), mostRefused: ratio(), minimumCalls: 1 + pick(9),
                        window: .seconds(30), buckets: 2 + pick(9), scope: scope()))
            case 10:
                .chaos(
                    try ChaosPolicy(
                        faults: [.fail(ratio(), outcomes()[0]), .delay(ratio(), time())],
                        until: maybe { Int64($0.pick(9)) }))
            default: .timeout(try TimeoutPolicy(limit: time(), abandon: abandon))
            }
        return PipelineStep(
            policy, shared: maybe { $0.name() }, mode: [.enforce, .shadow, .off][pick(3)], adoptsShadow: pick(2) == 0)
    }

    private mutating func hedge() throws -> HedgePolicy {
        let learning = try HedgePolicy.Learning(
            leastCalls: 1 + pick(9), floor: .milliseconds(1), ceiling: maybe { _ in .seconds(9) })
        return try HedgePolicy(
            after: pick(2) == 0 ? .fixed(time()) : .quantile(.percent(50 + pick(50)), learning), calls: 2 + pick(4),
            when: outcomes(), repeatsUnsafe: pick(2) == 0, budget: try maybe { try $0.budget() })
    }

    private mutating func partition() throws -> PartitionPolicy {
        try PartitionPolicy(
            source: source(), parts: [.init(name: "b", share: .percent(30)), .init(name: "a", share: .percent(70))])
    }

    private mutating func budget() throws -> StepBudget {
        let budgets: [BudgetPolicy] = [
            .share(try RetryBudgetPolicy(share: ratio(), atLeast: .perSecond(pick(9)), timeToLive: .seconds(5))),
            .running(try ratio(), atLeast: pick(9)), .stock(tokens: 1 + pick(500), each: 14, whenLimited: 5),
            .throttle(tokens: 1 + pick(9), earning: try ratio()),
        ]
        return try StepBudget(budgets[pick(4)], shared: maybe { $0.name() })
    }

    private mutating func fallback() throws -> FallbackPolicy {
        let targets: [FallbackPolicy.Target] = [
            .cached, .status(503), .value(text()), .handler(text()), .call(operation(), using: maybe { $0.name() }),
        ]
        return try FallbackPolicy(
            target: targets[pick(5)], when: outcomes(), noOlderThan: maybe { $0.time() }, within: time())
    }

    mutating func retry() throws -> RetryPolicy {
        let backoffs: [Backoff] = [
            .constant(time()), .linear(initial: time(), increment: time()),
            .exponential(initial: time(), factor: try factor()), .fibonacci(time()),
            .sequence([time(), time()], exhausted: .stop), .sequence([time()], exhausted: .repeat),
        ]
        let jitters: [Jitter] = [
            .none, .full, .equal, .proportional(try ratio()), .absolute(time()), .decorrelated, .decorrelatedV2,
        ]
        let hints: [RetryPolicy.RetryAfter] = [.hint(maxExtra: time()), .pushback, .ignore]
        return try RetryPolicy(
            attempts: maybe { 1 + $0.pick(9) }, backoff: backoffs[pick(6)], cap: time(), jitter: jitters[pick(7)],
            when: outcomes(), giveUpAfter: maybe { $0.time() }, retryAfter: hints[pick(3)], repeatsUnsafe: pick(2) == 0,
            ignoresChains: pick(2) == 0,
            budget: try maybe { try $0.budget() })
    }

    private mutating func breaker() throws -> CircuitBreakerPolicy {
        let trips: [CircuitBreakerPolicy.Trip] = [
            .failing(try ratio()), .slow(try ratio(), slowerThan: time()), .consecutive(3), .failures(9),
        ]
        let openTimes: [CircuitBreakerPolicy.OpenTime] = [
            .growing(initial: time(), factor: try factor(), cap: time()), .listed([time(), time()]),
        ]
        let probes = 1 + pick(9)
        return try CircuitBreakerPolicy(
            trips: (0...pick(3)).map { _ in trips[pick(4)] },
            window: pick(2) == 0 ? .time(.seconds(30), buckets: 2 + pick(50)) : .count(50), minimumCalls: 1 + pick(40),
            openTime: openTimes[pick(2)], openJitter: ratio(), probes: probes, allowedProbeFailures: pick(probes),
            decision: [.early, .complete][pick(2)], probeLease: maybe { $0.time() },
            leaseEnd: [.open, .close][pick(2)],
            excess: [.reject, .wait][pick(2)], count: outcomes(), ignore: pick(2) == 0 ? [] : outcomes(),
            onOpen: [.reject, .admit][pick(2)], scope: scope())
    }
}
