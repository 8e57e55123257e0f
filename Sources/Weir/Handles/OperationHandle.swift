// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

/// Runs the calls of one operation through its policy in force, awaiting work that is overdue.
///
/// Obtained once, before serving; used from any task. A call keeps the graph it started with, all its retries included.
public struct OperationHandle<Value>: Sendable {
    /// The name that the handle was asked for by.
    public let name: String
    @usableFromInline let slot: HandleSlot
    @usableFromInline let handling: ResultHandling<Value>

    init(name: String, slot: HandleSlot, handling: ResultHandling<Value>) {
        self.name = name
        self.slot = slot
        self.handling = handling
    }

    /// Runs an operation; waits as long as the policy's steps say and until the operation has ended.
    /// - Throws: what the last attempt threw; `ResilienceError` when the policy refused the call or its time was over;
    ///   `CancellationError` when the caller's task was cancelled.
    @inlinable
    public func run(_ operation: () async throws -> Value) async throws -> Value {
        let hold = slot.take()
        defer { slot.giveBack(hold) }
        return try await hold.entry.pointee.run(handling, operation)
    }

    /// Runs an operation of which the caller knows more.
    /// - Throws: like ``run(_:)``.
    @inlinable
    public func run(_ details: CallDetails, _ operation: () async throws -> Value) async throws -> Value {
        let hold = slot.take()
        defer { slot.giveBack(hold) }
        return try await hold.entry.pointee.run(slot.facts(hold, details), handling, operation)
    }
}

/// Runs the calls of one operation through its policy in force, leaving work behind that is overdue.
///
/// Obtained once, before serving; used from any task. The permits of abandoned work stay taken until it really ends.
public struct DetachableHandle<Value: Sendable>: Sendable {
    /// The name that the handle was asked for by.
    public let name: String
    @usableFromInline let slot: HandleSlot
    @usableFromInline let handling: ResultHandling<Value>

    init(name: String, slot: HandleSlot, handling: ResultHandling<Value>) {
        self.name = name
        self.slot = slot
        self.handling = handling
    }

    /// Runs an operation and returns at the latest at its deadline, whether or not the operation has ended.
    /// - Throws: what the last attempt threw; `ResilienceError` when the policy refused the call or its time was over;
    ///   `CancellationError` when the caller's task was cancelled.
    @inlinable
    public func run(_ operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let hold = slot.take()
        defer { slot.giveBack(hold) }
        return try await hold.entry.pointee.runDetachable(nil, handling, operation)
    }

    /// Runs an operation of which the caller knows more.
    /// - Throws: like ``run(_:)``.
    @inlinable
    public func run(
        _ details: CallDetails, _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let hold = slot.take()
        defer { slot.giveBack(hold) }
        return try await hold.entry.pointee.runDetachable(slot.facts(hold, details), handling, operation)
    }
}
