// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension StepSettings {
    mutating func retry() -> RetryPolicy? {
        let attempts = attempts()
        let wait = wait()
        let when = outcomes(.when, .when) ?? RetryPolicy.defaultWhen
        let giveUpAfter = duration(.giveUp, .giveUpAfter)
        let retryAfter = retryAfter()
        let repeatsUnsafe = take(.repeatUnsafe) != nil
        let ignoresChains = take(.ignoreChains) != nil
        let budget = budget()
        guard let wait else { return nil }
        return make { () throws(InvalidValue) in
            try RetryPolicy(
                attempts: attempts, backoff: wait.backoff, cap: wait.cap, jitter: wait.jitter, when: when,
                giveUpAfter: giveUpAfter, retryAfter: retryAfter, repeatsUnsafe: repeatsUnsafe,
                ignoresChains: ignoresChains, budget: budget)
        }
    }

    private mutating func attempts() -> Int? {
        guard let head = take(.head) else { return RetryPolicy.defaultAttempts }
        if head.statement.value(.unlimited) != nil { return nil }
        guard let value = head.statement.value(.attempts) else { return RetryPolicy.defaultAttempts }
        return need(value, head.reader.count(value, in: head.statement))
    }

    private mutating func wait() -> (backoff: Backoff, cap: Duration, jitter: Jitter)? {
        guard let taken = take(.wait) else {
            return (RetryPolicy.defaultBackoff, RetryPolicy.defaultCap, RetryPolicy.defaultJitter)
        }
        let jitter = jitter(taken) ?? RetryPolicy.defaultJitter
        if taken.statement.form == .waitInTurn { return waitInTurn(taken, jitter) }
        let capValue = taken.statement.value(.upTo)
        let cap = need(capValue, taken.reader.duration(capValue)) ?? RetryPolicy.defaultCap
        return backoff(taken).map { ($0, cap, jitter) }
    }

    /// The listed waits are the author's own, so no cap shortens them: it is as long as jitter can make the longest.
    private mutating func waitInTurn(
        _ taken: Taken, _ jitter: Jitter
    ) -> (backoff: Backoff, cap: Duration, jitter: Jitter)? {
        guard let waits = taken.reader.durations(taken.statement.values(.waits)), let longest = waits.max() else {
            isDamaged = true
            return nil
        }
        let then = taken.statement.value(.then).flatMap { Backoff.Exhausted(rawValue: $0.text) } ?? .repeat
        let cap: Duration =
            switch jitter {
            case .decorrelated, .decorrelatedV2: longest
            default: jitter.upperEnd(of: longest, cap: .weirLongest)
            }
        return (.sequence(waits, exhausted: then), cap, jitter)
    }

    private mutating func backoff(_ taken: Taken) -> Backoff? {
        let statement = taken.statement
        let firstValue = statement.value(.first)
        let first = need(firstValue, taken.reader.duration(firstValue)) ?? RetryPolicy.defaultBackoff.initial
        if let value = statement.value(.growingBy) {
            return need(value, taken.reader.duration(value)).map { .linear(initial: first, increment: $0) }
        }
        guard let value = statement.value(.growing) else { return .exponential(initial: first, factor: .times(2)) }
        if value.text == "fibonacci" { return .fibonacci(first) }
        return need(value, taken.reader.factor(value)).map { .exponential(initial: first, factor: $0) }
    }

    private mutating func jitter(_ taken: Taken) -> Jitter? {
        guard let value = taken.statement.value(.jitter) else { return nil }
        switch value.text {
        case "no": return Jitter.none
        case "full": return .full
        case "equal": return .equal
        case "decorrelated": return .decorrelated
        case "decorrelated-v2": return .decorrelatedV2
        default:
            if taken.reader.kind(value) == .duration {
                return need(value, taken.reader.duration(value)).map { .absolute($0) }
            }
            return need(value, taken.reader.ratio(value)).map { .proportional($0) }
        }
    }

    private mutating func retryAfter() -> RetryPolicy.RetryAfter {
        guard let taken = take(.retryAfter) else { return RetryPolicy.defaultRetryAfter }
        switch taken.statement.form {
        case .obeyRetryAfter: return .pushback
        case .ignoreRetryAfter: return .ignore
        default:
            guard let value = taken.statement.value(.upTo) else { return RetryPolicy.defaultRetryAfter }
            return need(value, taken.reader.duration(value)).map { .hint(maxExtra: $0) }
                ?? RetryPolicy.defaultRetryAfter
        }
    }
}
