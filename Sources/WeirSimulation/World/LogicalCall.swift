// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// One call from a caller to an operation, from its start to its answer, with all its attempts.
///
/// A call that runs through a policy is driven by the very machine that drives calls in a running service.
final class LogicalCall {
    let number: Int
    /// Who calls; nil: the test itself.
    let parent: LogicalCall?
    let operation: QualifiedName
    let pipeline: Pipeline?
    let started: VirtualTime
    /// How many calls are around this one.
    let depth: Int
    /// Whether an outer layer repeats what this call is part of.
    let isRetry: Bool

    var machine: CallMachine?
    /// Counts the pauses: what was scheduled for an earlier pause is of no interest any more.
    var pause = 0
    /// Attempts that reached the operation.
    var attempts = 0
    /// Who refused the call last, if anyone did.
    var refusal: String?
    /// The fallback that answers, once one is asked.
    var fallback: FallbackPolicy.Target?
    /// The latest moment at which the current attempt ends.
    var attemptEnd = VirtualTime.never
    /// The calls that the operation still makes in the current attempt.
    var route: Route?
    /// The call of the operation that is under way.
    var child: LogicalCall?
    /// The event that it handles, where it is no call of the test or of an operation.
    var delivery: EventDelivery?
    /// How it ended, or its last attempt.
    var outcome = CallOutcome.success

    init(
        number: Int, parent: LogicalCall?, operation: QualifiedName, pipeline: Pipeline?, facts: CallFacts,
        at now: VirtualTime
    ) {
        self.number = number
        self.parent = parent
        self.operation = operation
        self.pipeline = pipeline
        isRetry = facts.isRetry
        started = now
        depth = (parent?.depth ?? -1) + 1
        machine = pipeline.map { CallMachine($0, facts) }
    }
}

/// The calls that one run of an operation makes, one after the other.
struct Route {
    private let calls: [OperationNode.Call]
    private var index = 0
    private var repetition = 0

    init(_ calls: [OperationNode.Call]) { self.calls = calls }

    /// The next call to make; nil when all are made.
    mutating func next() -> OperationNode.Call? {
        while index < calls.count {
            if repetition < calls[index].times {
                repetition += 1
                return calls[index]
            }
            index += 1
            repetition = 0
        }
        return nil
    }
}
