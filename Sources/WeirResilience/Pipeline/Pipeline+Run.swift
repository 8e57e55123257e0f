// SPDX-License-Identifier: Apache-2.0

extension Pipeline {
    /// Runs an operation through the steps and gives back what it gives, or what a fallback gives in its place.
    ///
    /// The operation is structured: at its deadline, whoever set it, it is cancelled, and the call returns once it has
    /// ended. Without any deadline it runs in the caller's own task.
    /// - Throws: what the last attempt threw; ``ResilienceError`` when a step refused the call or its time was over;
    ///   `CancellationError` when the caller's task was cancelled.
    @inlinable
    public func run<Value>(
        _ facts: CallFacts = .none, _ handling: ResultHandling<Value> = ResultHandling(),
        operation: () async throws -> Value
    ) async throws -> Value {
        var call = CallMachine(within: self, facts)
        var action = begin(&call)
        var last: Result<Value, any Error>?
        if case .attempt(.max) = action, !call.facts.isRetry {
            do {
                let result = try await operation()
                action =
                    if let classify = handling.classify { succeeded(&call, classify(result)) } else { succeeded(&call) }
                if case .finish(.attempt) = action { return result }
                last = .success(result)
            } catch {
                action = failed(&call, error, handling.classifyError)
                if case .finish(.attempt) = action { throw annotated(error, call, nil, handling) }
                last = .failure(error)
            }
        }
        return try await goOn(&call, action, last, handling, operation)
    }

    /// The rest of a call that did not end with its first attempt, or whose attempts need a task or a context of their
    /// own.
    @inlinable @inline(never)
    func goOn<Value>(
        _ call: inout CallMachine, _ first: CallAction, _ soFar: Result<Value, any Error>?,
        _ handling: ResultHandling<Value>, _ operation: () async throws -> Value
    ) async throws -> Value {
        var action = first
        var last = soFar
        var answer: Value?
        var fallbackError: (any Error)?
        while true {
            switch action {
            case .attempt(let until):
                fallbackError = nil
                do {
                    let result = try await attempt(until: until, context(call, until: until), operation)
                    action = succeeded(&call, handling.classify?(result) ?? .success)
                    last = .success(result)
                } catch {
                    action = failed(&call, error, handling.classifyError)
                    last = .failure(error)
                }
            case .wait, .queue, .queued: action = await pass(&call, action)
            case .fallback(let step, let until):
                let reply = await fallBack(to: step, until: until, handling, request(call, last?.error))
                answer = try? reply.get()
                (action, fallbackError) = fallbackEnded(&call, reply.error, step: step, until: until)
            case .finish(let ending): return try result(of: call, ending, last, answer, fallbackError, handling)
            }
        }
    }

    /// One attempt with a context of its own, in a child task where its time is limited.
    ///
    /// A deadline that a pipeline above enforces already is enforced again here: cancelling that one's operation does
    /// not reach the tasks of their own that it may have started.
    @inlinable
    func attempt<Value>(
        until time: UInt64, _ context: CallContext?, _ operation: () async throws -> Value
    ) async throws -> Value {
        if time != .max { return try await runLimited(until: time, context, operation) }
        guard let context else { return try await operation() }
        return try await CallContext.$current.withValue(context) { try await operation() }
    }

    /// The answer of a fallback step, or why it has none.
    @inlinable
    func fallBack<Value>(
        to step: Int, until time: UInt64, _ handling: ResultHandling<Value>, _ request: FallbackRequest
    ) async -> Result<Value, any Error> {
        guard let make = answer(of: step, handling) else { return .failure(fallbackMissing(at: step)) }
        do {
            return .success(try await runLimited(until: time, nil) { try await make(request) })
        } catch {
            return .failure(error)
        }
    }

    @inlinable
    func result<Value>(
        of call: borrowing CallMachine, _ ending: CallEnding, _ last: Result<Value, any Error>?, _ answer: Value?,
        _ fallbackError: (any Error)?, _ handling: ResultHandling<Value>
    ) throws -> Value {
        switch ending {
        case .attempt:
            guard let last else { throw error(call, nil, fallbackError) }
            switch last {
            case .success(let value): return value
            case .failure(let error): throw annotated(error, call, fallbackError, handling)
            }
        case .fallback:
            guard let answer else { throw error(call, last?.error, fallbackError) }
            return answer
        case .error: throw error(call, last?.error, fallbackError)
        case .cancelled: throw CancellationError()
        }
    }
}

extension Pipeline {
    /// What the last attempt threw, with what is known of the call where the handling can take it.
    @inlinable
    func annotated<Value>(
        _ error: any Error, _ call: borrowing CallMachine, _ fallbackError: (any Error)?,
        _ handling: ResultHandling<Value>
    ) -> any Error {
        handling.annotate.map { $0(error, notes(call, fallbackError)) } ?? error
    }
}

extension Result {
    /// The error, where there is one.
    @usableFromInline var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
