// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirResilience

/// Decides what becomes of an event whose handler has failed. Pure: time and chance come with each question.
public struct RedeliverySchedule: Sendable {
    /// What becomes of the event.
    public enum Decision: Sendable, Hashable {
        /// It is handled again after so many nanoseconds; in place: with the delivery in hand, so that nothing overtakes it.
        case again(after: UInt64, inPlace: Bool)
        /// It is given up.
        case deadLetter(Reason)
    }

    /// Why an event is given up.
    public enum Reason: String, Sendable, Hashable {
        /// `park` names the failure.
        case parked
        /// `when` does not name the failure.
        case notRetried = "not-retried"
        /// All attempts are used, or the list of waits has come to its end.
        case exhausted
        /// `give up after` is over, or would be after the next wait.
        case elapsed
        /// The subscription has no `redeliver`.
        case noRedelivery = "no-redelivery"
        /// No `deliver` takes it.
        case unhandled
    }

    private let policy: RedeliveryPolicy?
    private let waits: BackoffSchedule?
    private let when: MatcherSet
    private let park: MatcherSet

    /// The schedule of a subscription; nil: every failure is the end.
    public init(_ policy: RedeliveryPolicy?) {
        self.policy = policy
        waits = policy.map { BackoffSchedule($0.retry) }
        when = MatcherSet(policy?.retry.when ?? [])
        park = MatcherSet(policy?.park ?? [])
    }

    /// Whether an attempt failed: by its outcome, or because `when` or `park` names the status of what else is a success.
    public func isFailure(_ outcome: CallOutcome) -> Bool {
        !outcome.isSuccess || park.matches(outcome) || when.matches(outcome)
    }

    /// What becomes of an event.
    ///
    /// - Parameters:
    ///   - attempts: how often it has been handled, this time included; from 1.
    ///   - outcome: how this attempt failed.
    ///   - elapsed: nanoseconds since the first attempt began.
    ///   - memory: what the waits remember from one to the next; zero before the first.
    ///   - fraction: chance, in 0 ..< 1.
    public func decide(
        after attempts: Int, outcome: CallOutcome, elapsed: UInt64, memory: inout UInt64, fraction: Double
    ) -> Decision {
        guard let policy, let waits else { return .deadLetter(.noRedelivery) }
        if park.matches(outcome) { return .deadLetter(.parked) }
        guard when.matches(outcome) else { return .deadLetter(.notRetried) }
        if let most = policy.retry.attempts, attempts >= most { return .deadLetter(.exhausted) }
        var wait: UInt64 = 0
        if attempts > policy.atOnce {
            guard let next = waits.wait(after: attempts - 1 - policy.atOnce, memory: &memory, fraction: fraction) else {
                return .deadLetter(.exhausted)
            }
            wait = next
        }
        if let limit = policy.retry.giveUpAfter {
            let (end, overflow) = elapsed.addingReportingOverflow(wait)
            guard !overflow, end <= UInt64(max(limit.nanosecondsClamped, 0)) else { return .deadLetter(.elapsed) }
        }
        return .again(after: wait, inPlace: policy.waitsInPlace)
    }
}
