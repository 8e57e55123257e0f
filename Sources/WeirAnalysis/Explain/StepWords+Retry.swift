// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension StepWords {
    init(retry policy: RetryPolicy, shared: String?) {
        let attempts = policy.attempts.map { "up to \(Counted.words($0, "attempt"))" } ?? "unlimited attempts"
        self.init(
            "retry" + (shared.map { "\($0) (\(attempts))" } ?? " \(attempts)"), "up to … attempts",
            [
                Self.wait(policy), Setting(key: "when", text: "when \(Self.list(policy.when))"),
                policy.giveUpAfter.map { Setting(key: "give up after", text: "give up after \($0.weirText)") },
                Self.retryAfter(policy.retryAfter), Self.budget(policy.budget),
                policy.repeatsUnsafe ? Setting(key: "repeat unsafe calls", text: "repeat unsafe calls") : nil,
                policy.ignoresChains ? Setting(key: "ignore retry chains", text: "ignore retry chains") : nil,
            ])
    }

    private static func wait(_ policy: RetryPolicy) -> Setting {
        let jitter =
            switch policy.jitter {
            case .none: "no"
            case .full: "full"
            case .equal: "equal"
            case .proportional(let share): "\(share)"
            case .absolute(let time): time.weirText
            case .decorrelated: "decorrelated"
            case .decorrelatedV2: "decorrelated-v2"
            }
        let growth =
            switch policy.backoff {
            case .constant(let first): first.weirText
            case .linear(let first, let increment): "\(first.weirText) growing by \(increment.weirText)"
            case .exponential(let first, let factor): "\(first.weirText) growing \(factor)"
            case .fibonacci(let first): "\(first.weirText) growing fibonacci"
            case .sequence(let waits, let end):
                "in turn \(waits.map(\.weirText).joined(separator: ", ")) then \(end.rawValue)"
            }
        if case .sequence = policy.backoff {
            return Setting(key: "wait", text: "wait \(growth) with \(jitter) jitter")
        }
        return Setting(key: "wait", text: "wait \(growth) up to \(policy.cap.weirText) with \(jitter) jitter")
    }

    private static func retryAfter(_ meaning: RetryPolicy.RetryAfter) -> Setting {
        let text =
            switch meaning {
            case .hint(let extra): "honour retry-after up to \(extra.weirText)"
            case .pushback: "obey retry-after"
            case .ignore: "ignore retry-after"
            }
        return Setting(key: "retry-after", text: text)
    }

    static func budget(_ budget: StepBudget?) -> Setting? {
        budget.map { budget in
            let words =
                switch budget.policy {
                case .share(let policy):
                    "\(policy.share) of calls, at least \(policy.atLeast) over \(policy.timeToLive.weirText)"
                case .running(let share, let least):
                    "\(share) of running calls, at least \(Counted.calls(least))"
                case .stock(let tokens, let each, let whenLimited):
                    "\(tokens) tokens, \(each) each, \(whenLimited) when limited"
                case .throttle(let tokens, let earning): "\(tokens) tokens earning \(earning) a success"
                }
            return Setting(
                key: "budget", text: "budget " + (budget.shared.map { "\($0) (\(words))" } ?? words))
        }
    }
}
