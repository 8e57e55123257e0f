// SPDX-License-Identifier: Apache-2.0

extension PipelineStep {
    /// Reads what ``json`` writes.
    init(_ value: JSON, path: String) throws(GraphReadError) {
        var outer = try ObjectReader(value, path: path)
        let members = outer.takeAll()
        guard members.count == 1, let (key, inner) = members.first, let kind = StepKind(rawValue: key) else {
            throw GraphReadError(
                code: .value, path: path, message: "an object with one key, a kind of step, is due here")
        }
        var step = try ObjectReader(inner, path: outer.path(of: key))
        let shared = try step.optional("shared", "a name") { $0.asString.map { QualifiedName(full: $0) } }
        let mode = try step.optional("mode", "a mode") { $0.asWord(StepMode.self) } ?? .enforce
        let adopts = try step.optional("adopt-shadow-state", "`true`", \.asBoolean) ?? false
        let policy: PolicyStep
        switch kind {
        case .fallback: policy = .fallback(try FallbackPolicy(&step))
        case .deadline: policy = .deadline(try DeadlinePolicy(&step))
        case .limit: policy = .limit(try RateLimitPolicy(&step))
        case .retry: policy = .retry(try RetryPolicy(&step))
        case .cache: policy = .cache(try CachePolicy(&step))
        case .coalesce: policy = .coalesce(try CoalescePolicy(&step))
        case .throttle: policy = .throttle(try ThrottlePolicy(&step))
        case .hedge: policy = .hedge(try HedgePolicy(&step))
        case .chaos: policy = .chaos(try ChaosPolicy(&step))
        case .breaker: policy = .breaker(try CircuitBreakerPolicy(&step))
        case .bulkhead: policy = .bulkhead(try BulkheadPolicy(&step))
        case .timeout: policy = .timeout(try TimeoutPolicy(&step))
        }
        try step.finish()
        self.init(policy, shared: shared, mode: mode, adoptsShadow: adopts)
    }
}

extension DeadlinePolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let total = try step.required("total", "a duration", \.asDuration)
        let abandon = try step.optional("abandon", "a number", \.asInteger)
        self = try step.checked { () throws(InvalidValue) in try DeadlinePolicy(total: total, abandon: abandon) }
    }
}

extension TimeoutPolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let after = try step.required("after", "a duration", \.asDuration)
        let abandon = try step.optional("abandon", "a number", \.asInteger)
        self = try step.checked { () throws(InvalidValue) in try TimeoutPolicy(limit: after, abandon: abandon) }
    }
}

extension RateLimitPolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let rate = try step.required("rate", "a rate", \.asRate)
        let burst = try step.required("burst", "a number", \.asInteger)
        let initial = try step.required("start-with", "a number", \.asInteger)
        let wait = try step.required("wait", "a duration", \.asDuration)
        let cost = try step.required("cost", "a number", \.asInteger)
        let kind = try step.required("kind", "a kind of limit") { $0.asWord(Kind.self) }
        let scope = try ScopeKey.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try RateLimitPolicy(
                rate: rate, burst: burst, initial: initial, maxWait: wait, cost: cost, kind: kind, scope: scope)
        }
    }
}

extension BulkheadPolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let calls = try step.required("calls", "a number", \.asInteger)
        var queue = try step.requiredObject("queue")
        let size = try queue.required("size", "a number", \.asInteger)
        let wait = try queue.optional("for", "a duration", \.asDuration)
        let order = try queue.required("order", "`oldest`, `newest` or `urgent`") { $0.asWord(Order.self) }
        try queue.finish()
        let adaptive = try AdaptiveLimitPolicy.read(&step)
        let partition = try PartitionPolicy.read(&step)
        let scope = try ScopeKey.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try BulkheadPolicy(
                calls: calls, queue: size, maxWait: wait, order: order, adaptive: adaptive, partition: partition,
                scope: scope)
        }
    }
}

extension ScopeKey {
    static func read(_ step: inout ObjectReader) throws(GraphReadError) -> ScopeKey? {
        guard var per = try step.object("per") else { return nil }
        let source = try per.required("key", "a key") { $0.asString.flatMap { Source(text: $0) } }
        let most = try per.required("most", "a number", \.asInteger)
        try per.finish()
        return try per.checked { () throws(InvalidValue) in try ScopeKey(source, mostKeys: most) }
    }
}

extension FallbackPolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let target = try Target(&step)
        let when = try step.required("when", "a list of outcomes", \.asOutcomes)
        let noOlderThan = try step.optional("no-older-than", "a duration", \.asDuration)
        let within = try step.required("within", "a duration", \.asDuration)
        self = try step.checked { () throws(InvalidValue) in
            try FallbackPolicy(target: target, when: when, noOlderThan: noOlderThan, within: within)
        }
    }
}

extension FallbackPolicy.Target {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let value = try step.require("to")
        if value.asString == "cached" {
            self = .cached
            return
        }
        var to = try ObjectReader(value, path: step.path(of: "to"))
        if let status = try to.optional("status", "a number", \.asInteger) {
            self = .status(status)
        } else if let text = try to.optional("value", "a text", \.asString) {
            self = .value(text)
        } else if let handler = try to.optional("handler", "a text", \.asString) {
            self = .handler(handler)
        } else {
            let call = try to.required("call", "a name", \.asString)
            let using = try to.optional("using", "a name", \.asString)
            self = .call(QualifiedName(operation: call), using: using.map { QualifiedName(full: $0) })
        }
        try to.finish()
    }
}
