// SPDX-License-Identifier: Apache-2.0

extension RetryPolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let isUnlimited = try step.optional("unlimited", "`true`", \.asBoolean) ?? false
        let attempts = isUnlimited ? nil : try step.required("attempts", "a number", \.asInteger)
        var wait = try step.requiredObject("wait")
        let backoff = try Backoff(&wait)
        let cap = try wait.required("up-to", "a duration", \.asDuration)
        let jitter = try wait.required("jitter", "a jitter") { $0.asString.flatMap { Jitter(text: $0) } }
        try wait.finish()
        let when = try step.required("when", "a list of outcomes", \.asOutcomes)
        let giveUpAfter = try step.optional("give-up-after", "a duration", \.asDuration)
        let retryAfter = try RetryAfter(&step)
        let repeatsUnsafe = try step.required("repeat-unsafe-calls", "`true` or `false`", \.asBoolean)
        let ignoresChains = try step.required("ignore-retry-chains", "`true` or `false`", \.asBoolean)
        let budget = try StepBudget.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try RetryPolicy(
                attempts: attempts, backoff: backoff, cap: cap, jitter: jitter, when: when, giveUpAfter: giveUpAfter,
                retryAfter: retryAfter, repeatsUnsafe: repeatsUnsafe, ignoresChains: ignoresChains, budget: budget)
        }
    }
}

extension RetryPolicy.RetryAfter {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let value = try step.require("retry-after")
        switch value.asString {
        case "obey": self = .pushback
        case "ignore": self = .ignore
        default:
            var hint = try ObjectReader(value, path: step.path(of: "retry-after"))
            self = .hint(maxExtra: try hint.required("up-to", "a duration", \.asDuration))
            try hint.finish()
        }
    }
}

extension Backoff {
    init(_ wait: inout ObjectReader) throws(GraphReadError) {
        if let waits = try wait.optional("waits", "a list of durations", \.asDurations) {
            let then = try wait.required("then", "`stop` or `repeat`") { $0.asWord(Exhausted.self) }
            self = .sequence(waits, exhausted: then)
            return
        }
        let first = try wait.required("first", "a duration", \.asDuration)
        if let increment = try wait.optional("growing-by", "a duration", \.asDuration) {
            self = .linear(initial: first, increment: increment)
        } else if let growing = try wait.optional("growing", "a factor", \.asString) {
            if growing == "fibonacci" {
                self = .fibonacci(first)
            } else if let factor = LiteralText.factor(growing) {
                self = .exponential(initial: first, factor: factor)
            } else {
                throw GraphReadError(code: .value, path: wait.path(of: "growing"), message: "a factor is due here")
            }
        } else {
            self = .constant(first)
        }
    }
}
