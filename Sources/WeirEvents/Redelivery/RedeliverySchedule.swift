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
        /// Too many events in a row caused each other: `stop after … hops`.
        case tooManyHops = "too-many-hops"
        /// It cannot be read.
        case unreadable
        /// It waited longer than its queue allows.
        case expired
        /// It was handed out too often without an end, as by a process that crashes each time.
        case deliveryLimit = "delivery-limit"
    }

    private let policy: RedeliveryPolicy?
    private let waits: BackoffSchedule?
    private let when: MatcherSet
    private let park: MatcherSet
    /// The waits that have a delay queue, shortest first; none: every wait has.
    private let delays: [UInt64]

    /// The schedule of a subscription; nil: every failure is the end.
    /// - Parameter delays: the waits that have a delay queue; a wait that is not spent in place is the nearest of them.
    public init(_ policy: RedeliveryPolicy?, delays: [Duration] = []) {
        self.policy = policy
        self.delays = delays.map { UInt64(max($0.nanosecondsClamped, 0)) }.sorted()
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
            wait = policy.waitsInPlace || next == 0 ? next : nearestDelay(to: next)
        }
        if let limit = policy.retry.giveUpAfter {
            let (end, overflow) = elapsed.addingReportingOverflow(wait)
            guard !overflow, end <= UInt64(max(limit.nanosecondsClamped, 0)) else { return .deadLetter(.elapsed) }
        }
        return .again(after: wait, inPlace: policy.waitsInPlace)
    }

    /// The delay queue nearest to a wait; of two as near the longer.
    private func nearestDelay(to wait: UInt64) -> UInt64 {
        guard let last = delays.last else { return wait }
        guard let above = delays.firstIndex(where: { $0 >= wait }) else { return last }
        guard above > 0 else { return delays[0] }
        return wait - delays[above - 1] < delays[above] - wait ? delays[above - 1] : delays[above]
    }
}
