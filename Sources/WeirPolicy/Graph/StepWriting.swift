// SPDX-License-Identifier: Apache-2.0

extension PipelineStep {
    /// The step as an object with one key, its kind, and every setting explicit.
    var json: JSON {
        var step = ObjectBuilder()
        step.set("shared", shared)
        if mode != .enforce { step.set("mode", mode.rawValue) }
        if adoptsShadow { step.set("adopt-shadow-state", JSON.boolean(true)) }
        switch policy {
        case .fallback(let policy): policy.write(to: &step)
        case .deadline(let policy):
            step.set("total", policy.total)
            step.set("abandon", policy.abandon)
        case .limit(let policy): policy.write(to: &step)
        case .retry(let policy): policy.write(to: &step)
        case .hedge(let policy): policy.write(to: &step)
        case .cache(let policy): policy.write(to: &step)
        case .coalesce(let policy): policy.write(to: &step)
        case .throttle(let policy): policy.write(to: &step)
        case .chaos(let policy): policy.write(to: &step)
        case .breaker(let policy): policy.write(to: &step)
        case .bulkhead(let policy): policy.write(to: &step)
        case .timeout(let policy):
            step.set("after", policy.limit)
            step.set("abandon", policy.abandon)
        }
        return .object([policy.kind.rawValue: step.json])
    }
}

extension FallbackPolicy {
    func write(to step: inout ObjectBuilder) {
        switch target {
        case .cached: step.set("to", "cached")
        case .status(let code): step.set("to") { $0.set("status", code) }
        case .value(let text): step.set("to") { $0.set("value", text) }
        case .handler(let name): step.set("to") { $0.set("handler", name) }
        case .call(let operation, let policy):
            step.set("to") {
                $0.set("call", operation)
                $0.set("using", policy)
            }
        }
        step.set("when", when)
        step.set("no-older-than", noOlderThan)
        step.set("within", within)
    }
}

extension RateLimitPolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("rate", rate)
        step.set("burst", burst)
        step.set("start-with", initial)
        step.set("wait", maxWait)
        step.set("cost", cost)
        step.set("kind", kind.rawValue)
        step.set("per", scope)
    }
}

extension BulkheadPolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("calls", calls)
        step.set("queue") {
            $0.set("size", queue)
            $0.set("for", maxWait)
            $0.set("order", order.rawValue)
        }
        if let adaptive { step.set("adapt") { adaptive.write(to: &$0) } }
        if let partition { step.set("divide") { partition.write(to: &$0) } }
        step.set("per", scope)
    }
}

extension RetryPolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("attempts", attempts)
        if attempts == nil { step.set("unlimited", JSON.boolean(true)) }
        step.set("wait") { writeWait(to: &$0) }
        step.set("when", when)
        step.set("give-up-after", giveUpAfter)
        switch retryAfter {
        case .hint(let extra): step.set("retry-after") { $0.set("up-to", extra) }
        case .pushback: step.set("retry-after", "obey")
        case .ignore: step.set("retry-after", "ignore")
        }
        step.set("repeat-unsafe-calls", JSON.boolean(repeatsUnsafe))
        step.set("ignore-retry-chains", JSON.boolean(ignoresChains))
        if let budget { step.set("budget") { budget.write(to: &$0) } }
    }

    private func writeWait(to wait: inout ObjectBuilder) {
        switch backoff {
        case .constant(let first): wait.set("first", first)
        case .linear(let first, let increment):
            wait.set("first", first)
            wait.set("growing-by", increment)
        case .exponential(let first, let factor):
            wait.set("first", first)
            wait.set("growing", factor)
        case .fibonacci(let first):
            wait.set("first", first)
            wait.set("growing", "fibonacci")
        case .sequence(let waits, let exhausted):
            wait.set("waits", waits)
            wait.set("then", exhausted.rawValue)
        }
        wait.set("up-to", cap)
        wait.set("jitter", jitter.text)
    }
}

extension Jitter {
    /// The word, share or time that the language writes for it.
    public var text: String {
        switch self {
        case .none: "no"
        case .full: "full"
        case .equal: "equal"
        case .proportional(let share): share.description
        case .absolute(let time): time.weirText
        case .decorrelated: "decorrelated"
        case .decorrelatedV2: "decorrelated-v2"
        }
    }

    /// Reads what ``text`` writes.
    init?(text: String) {
        switch text {
        case "no": self = .none
        case "full": self = .full
        case "equal": self = .equal
        case "decorrelated": self = .decorrelated
        case "decorrelated-v2": self = .decorrelatedV2
        default:
            if let share = LiteralText.ratio(text) {
                self = .proportional(share)
            } else if let time = LiteralText.duration(text) {
                self = .absolute(time)
            } else {
                return nil
            }
        }
    }
}
