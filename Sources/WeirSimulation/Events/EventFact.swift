// SPDX-License-Identifier: Apache-2.0

public import WeirEvents
public import WeirPolicy

/// One thing that happened to an event of a story.
public struct EventFact: Sendable, Hashable {
    /// What happened.
    public enum What: Sendable, Hashable {
        /// A queue got a copy; with a reason: as a dead letter.
        case queued(QualifiedName, RedeliverySchedule.Reason?)
        /// No queue is bound for it, and the publisher is told.
        case returned
        /// A subscription took it for an operation.
        case delivered(QualifiedName, to: QualifiedName)
        /// The `where` of a subscription does not hold.
        case filteredOut(QualifiedName)
        /// A subscription remembers that it was handled before.
        case remembered(QualifiedName)
        /// A handler is done with it.
        case handled(QualifiedName, by: QualifiedName, attempt: Int)
        /// A handler failed; the event is handled again after a wait.
        case failed(QualifiedName, by: QualifiedName, attempt: Int, answer: Answer, wait: VirtualTime)
        /// A subscription gave it up, and no queue takes what it gives up.
        case lost(QualifiedName, RedeliverySchedule.Reason)
    }

    /// Which event of the story, from 1, in the order in which they were published.
    public let number: Int
    /// Its type.
    public let type: String
    /// When.
    public let at: VirtualTime
    /// What happened.
    public let what: What
}

extension EventFact: CustomStringConvertible {
    /// One line: the time, the event, what happened.
    public var description: String { "\(at) \(type) #\(number): \(words)" }

    private var words: String {
        switch what {
        case .queued(let queue, nil): "goes to `\(queue.name)`"
        case .queued(let queue, let reason?): "dead-lettered to `\(queue.name)`: \(reason.words)"
        case .returned: "no queue is bound for it"
        case .delivered(let subscription, let operation): "`\(subscription.name)` takes it for \(operation.name)"
        case .filteredOut(let subscription): "the `where` of `\(subscription.name)` does not hold"
        case .remembered(let subscription): "`\(subscription.name)` has handled it before"
        case .handled(_, let operation, let attempt): "\(operation.name) is done, attempt \(attempt)"
        case .failed(_, let operation, let attempt, let answer, let wait):
            "\(operation.name) failed, attempt \(attempt): \(answer.detail); again after \(wait)"
        case .lost(let subscription, let reason): "`\(subscription.name)` gives it up: \(reason.words)"
        }
    }
}

extension RedeliverySchedule.Reason {
    /// The reason in a few words.
    var words: String {
        switch self {
        case .parked: "parked"
        case .notRetried: "not tried again"
        case .exhausted: "all attempts used"
        case .elapsed: "gave up"
        case .noRedelivery: "no redelivery is declared"
        case .unhandled: "no `deliver` takes it"
        case .tooManyHops: "too many events caused each other"
        case .unreadable: "it cannot be read"
        case .expired: "it waited for too long"
        case .deliveryLimit: "it was handed out too often"
        }
    }
}
