// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// One thing that happened in a story; the trace of a story is the same in each run with the same seed.
public struct TraceEntry: Sendable, Hashable {
    /// What happened.
    public enum Event: Sendable, Hashable {
        /// An operation is called, by another one or by the test, through a policy or without.
        case called(by: QualifiedName?, policy: QualifiedName?)
        /// An attempt reaches the operation.
        case reached(attempt: Int)
        /// The operation has reacted, or the caller stopped waiting for it.
        case ended(attempt: Int, outcome: String)
        /// A step of the pipeline did something; its name and its numbers.
        case step(String, detail: String)
        /// The caller is answered.
        case answered(Answer)
    }

    /// When.
    public let at: VirtualTime
    /// The call, from 1.
    public let call: Int
    /// The operation that is called.
    public let operation: QualifiedName
    /// What happened.
    public let event: Event
}

extension TraceEntry: CustomStringConvertible {
    /// One line: the time, the call, what happened.
    public var description: String { "\(at) #\(call) \(operation.name): \(words)" }

    private var words: String {
        switch event {
        case .called(let caller, let policy):
            "called by \(caller?.name ?? "the test")" + (policy.map { " using \($0.name)" } ?? "")
        case .reached(let attempt): "attempt \(attempt) arrives"
        case .ended(let attempt, let outcome): "attempt \(attempt) ends: \(outcome)"
        case .step(let name, let detail): detail.isEmpty ? name : "\(name): \(detail)"
        case .answered(let answer): "answered: \(answer)"
        }
    }
}
