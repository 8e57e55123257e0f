// SPDX-License-Identifier: Apache-2.0

/// How a detached attempt ended for its caller.
@usableFromInline
enum DetachedEnd<Value: Sendable>: Sendable {
    case value(Value)
    case error(any Error)
    /// The time is over and the work goes on.
    case abandoned(AbandonedWork)
    /// The caller went away and the work goes on.
    case left(AbandonedWork)
}

/// Where the work leaves its result; written once, before the race is told, and read after the race was won.
@usableFromInline
final class ResultBox<Value: Sendable>: @unchecked Sendable {
    // Safe: the write happens before `PendingWait.finish`, the read after `wait` returned its `done`; both take one
    // lock.
    @usableFromInline var result: Result<Value, any Error>?

    @usableFromInline
    init() {}
}

extension Pipeline {
    /// Runs an operation in a task of its own and returns at the given time at the latest, whether or not it has ended.
    @inlinable
    func runDetached<Value: Sendable>(
        until time: UInt64, _ context: CallContext, _ operation: @escaping @Sendable () async throws -> Value
    ) async -> DetachedEnd<Value> {
        let race = PendingWait()
        let box = ResultBox<Value>()
        let work = AbandonedWork()
        let task = Task.immediate {
            do {
                box.result = .success(try await CallContext.$current.withValue(context) { try await operation() })
            } catch {
                box.result = .failure(error)
            }
            if !race.finish(.done) { self.abandonedEnded(work, box.result?.error, context, until: time) }
        }
        switch await race.wait(until: time, on: engine.clock) {
        case .done:
            switch box.result {
            case .success(let value): return .value(value)
            case .failure(let error): return .error(error)
            case nil: return .error(CancellationError())
            }
        case .expired:
            task.cancel()
            return .abandoned(work)
        case .cancelled:
            task.cancel()
            return .left(work)
        }
    }

    @usableFromInline
    func abandonedEnded(_ work: AbandonedWork, _ error: (any Error)?, _ context: CallContext, until: UInt64) {
        work.ended()
        counters.orphanEnded()
        guard isObserved else { return }
        let now = engine.clock.now
        CallMachine(within: self).emit(.timeoutLateResult, step: -1, at: now) {
            $0.attempt = context.attempt
            $0.outcome = error.map { ErrorClassification.outcome(of: $0) } ?? .success
            $0.wait = now.since(until)
            $0.running = counters.runningOrphans
        }
    }

    @usableFromInline
    func abandon(_ call: inout CallMachine, _ work: AbandonedWork) -> CallAction {
        counters.orphanStarted()
        return call.attemptAbandoned(work, at: engine.clock.now)
    }

    @usableFromInline
    func leave(_ call: inout CallMachine, _ work: AbandonedWork) -> CallAction {
        counters.orphanStarted()
        call.keepPlaces(with: work)
        return call.cancel(at: engine.clock.now)
    }

    /// Runs an operation through the steps; at its deadline the call returns, and the work goes on unseen until it
    /// ends.
    ///
    /// Places in bulkheads stay taken until the work has really ended, and while too much abandoned work is running,
    /// calls are refused.
    /// - Throws: what the last attempt threw; ``ResilienceError`` when a step refused the call or its time was over;
    ///   `CancellationError` when the caller's task was cancelled.
    @inlinable
    public func runDetachable<Value: Sendable>(
        _ facts: CallFacts = .none, _ handling: ResultHandling<Value> = ResultHandling(),
        operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        var call = CallMachine(within: self, facts, detachable: true)
        var action = begin(&call)
        var last: Result<Value, any Error>?
        var answer: Value?
        var fallbackError: (any Error)?
        while true {
            switch action {
            case .attempt(let until):
                fallbackError = nil
                switch await detachableAttempt(&call, until: until, operation) {
                case .value(let result):
                    action = succeeded(&call, handling.classify?(result) ?? .success)
                    last = .success(result)
                case .error(let error):
                    action = failed(&call, error, handling.classifyError)
                    last = .failure(error)
                case .abandoned(let work):
                    action = abandon(&call, work)
                    last = nil
                case .left(let work):
                    action = leave(&call, work)
                    last = nil
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

    @inlinable
    func detachableAttempt<Value: Sendable>(
        _ call: inout CallMachine, until time: UInt64, _ operation: @escaping @Sendable () async throws -> Value
    ) async -> DetachedEnd<Value> {
        if time != .never {
            let context = context(call, until: time) ?? CallContext.current ?? CallContext(deadline: time)
            return await runDetached(until: time, context, operation)
        }
        do {
            guard let context = context(call, until: time) else { return .value(try await operation()) }
            return .value(try await CallContext.$current.withValue(context) { try await operation() })
        } catch {
            return .error(error)
        }
    }
}
