// SPDX-License-Identifier: Apache-2.0

extension Pipeline {
    /// Runs an operation through the steps and gives back what it gives, or what a fallback gives in its place.
    ///
    /// The operation is structured: at its deadline it is cancelled, and the call returns once it has ended. Without a
    /// deadline or timeout step it runs in the caller's own task.
    /// - Throws: what the last attempt threw; ``ResilienceError`` when a step refused the call or its time was over;
    ///   `CancellationError` when the caller's task was cancelled.
    @inlinable
    public func run<Value>(
        _ facts: CallFacts = .none, _ handling: ResultHandling<Value> = ResultHandling(),
        operation: () async throws -> Value
    ) async throws -> Value {
        var call = makeCall(facts, detachable: false)
        var action = begin(&call)
        var value: Value?
        var answer: Value?
        var thrown: (any Error)?
        while true {
            switch action {
            case .attempt(let until):
                do {
                    let result: Value
                    if let context = context(call, until: until) {
                        result = try await attempt(until: until, context, operation)
                    } else {
                        result = try await operation()
                    }
                    action = succeeded(&call, handling.classify?(result) ?? .success)
                    if action == .finish(.attempt) { return result }
                    value = result
                    thrown = nil
                } catch {
                    action = failed(&call, error, handling.classifyError)
                    if action == .finish(.attempt) { throw error }
                    thrown = error
                    value = nil
                }
            case .wait, .queue, .queued: action = await pass(&call, action)
            case .fallback(let step, let until):
                answer = await fallBack(to: step, until: until, handling, request(call, thrown))
                action =
                    answer == nil && Task.isCancelled
                    ? cancelled(&call) : fallbackEnded(&call, succeeded: answer != nil)
            case .finish(let ending):
                return try result(of: call, ending, value, answer, thrown)
            }
        }
    }

    /// One attempt with a context of its own, in a child task where a step limits its time.
    @inlinable
    func attempt<Value>(
        until time: UInt64, _ context: CallContext, _ operation: () async throws -> Value
    ) async throws -> Value {
        if limitsTime { return try await runLimited(until: time, context, operation) }
        return try await CallContext.$current.withValue(context) { try await operation() }
    }

    /// The answer of a fallback step, or nil when it fails, has no answer, or takes too long.
    @inlinable
    func fallBack<Value>(
        to step: Int, until time: UInt64, _ handling: ResultHandling<Value>, _ request: FallbackRequest
    ) async -> Value? {
        guard let make = answer(of: step, handling) else { return nil }
        do {
            return try await runLimited(until: time, nil) { try await make(request) }
        } catch {
            return nil  // The caller gets the first failure; the counters and events tell of this one.
        }
    }

    @usableFromInline
    func cancelled(_ call: inout CallMachine) -> CallAction { call.cancel(at: engine.clock.now) }

    @inlinable
    func result<Value>(
        of call: borrowing CallMachine, _ ending: CallEnding, _ value: Value?, _ answer: Value?, _ thrown: (any Error)?
    ) throws -> Value {
        switch ending {
        case .attempt:
            if let value { return value }
            throw thrown ?? error(call, nil)
        case .fallback:
            if let answer { return answer }
            throw thrown ?? error(call, nil)
        case .error: throw error(call, thrown)
        case .cancelled: throw CancellationError()
        }
    }
}
