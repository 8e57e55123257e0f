// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What a saga asks the service to do: one step's call, or the call that undoes one.
public struct SagaCall: Sendable {
    /// The saga.
    public let saga: QualifiedName
    /// The run: the value of the field that the saga correlates by.
    public let run: String
    /// The step.
    public let step: String
    /// The operation to call.
    public let operation: QualifiedName
    /// Whether the step is to be undone. A step whose action was begun and did not end well is undone too, so there may be
    /// nothing to undo.
    public let isCompensation: Bool
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// The same for every attempt at this call and for no other; hand it to the callee, so that it does once what it is asked twice.
    public let idempotencyKey: String
    /// The members of the payloads of all events of the run so far; of one name the last.
    public let fields: [String: JSONValue]
}

/// Makes a call of a saga; returning means that it is done. It may be called again for a call that was done, when the process ended before
/// that was noted.
public typealias SagaAction = @Sendable (_ call: SagaCall) async throws -> Void
