// SPDX-License-Identifier: Apache-2.0

/// Cancels an attempt when its time is over.
@usableFromInline
final class CancelTimer: TimerEntry, @unchecked Sendable {
    private let cancelAttempt: @Sendable () -> Void

    @usableFromInline
    init(_ cancelAttempt: @escaping @Sendable () -> Void) {
        self.cancelAttempt = cancelAttempt
        super.init()
    }

    override func fire() { cancelAttempt() }
}

/// Carries a value out of a child task to the parent that waits for it.
@usableFromInline
struct Handover<Value>: @unchecked Sendable {
    // Safe: the child has ended when the parent reads the value, and nobody else ever sees it.
    @usableFromInline let value: Value

    @usableFromInline
    init(_ value: Value) { self.value = value }
}

extension Pipeline {
    /// Runs an operation in a child task that is cancelled at the given time, and awaits it in every case.
    ///
    /// The operation neither escapes nor has to be `Sendable`: it runs under the caller's isolation.
    @inlinable
    func runLimited<Value>(
        until time: UInt64, _ context: CallContext?, isolation: isolated (any Actor)? = #isolation,
        _ operation: () async throws -> Value
    ) async throws -> Value {
        try await withoutActuallyEscaping(operation) { escaping in
            _ = isolation  // Captured so that the child task runs where the operation belongs.
            // Safe: the child has ended before this scope is left, and it runs under the caller's isolation.
            nonisolated(unsafe) let operation = escaping
            let ended = EndFlag()
            let task = Task.immediate { () async throws -> Handover<Value> in
                defer { ended.set() }
                guard let context else { return Handover(try await operation()) }
                return Handover(try await CallContext.$current.withValue(context) { try await operation() })
            }
            if ended.isSet { return try await task.value.value }
            let timer = CancelTimer { task.cancel() }
            engine.clock.arm(timer, at: time)
            defer { engine.clock.disarm(timer) }
            return try await withTaskCancellationHandler {
                try await task.value.value
            } onCancel: {
                task.cancel()
            }
        }
    }
}

extension EngineClock {
    @usableFromInline
    func arm(_ timer: CancelTimer, at time: UInt64) { schedule(timer, at: time) }

    @usableFromInline
    func disarm(_ timer: CancelTimer) { cancel(timer) }
}
