// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// One event on its way through a subscription: its turn, its lock, its handler, and what becomes of it.
extension SubscriptionRunner {
    /// How an attempt ended.
    private enum End {
        /// The handler answered; what it left behind is durable where it succeeded.
        case answered(CallOutcome, String?)
        /// It was handled before.
        case remembered
        /// Somebody else has it, or its lock, until then.
        case busy(until: Timestamp)
        /// The store cannot be asked.
        case storeFailed(any Error)
        /// The process stops; the event comes again.
        case cancelled
    }

    func handle(_ held: Held) async {
        switch held.payload.fate {
        case .filteredOut:
            note(.filteredOut, held)
            settle(held) { $0.acknowledge(held.number) }
        case .deadLetter(let reason):
            await giveUp(held, because: reason, held.payload.message.unreadable.map { "\($0)" })
        case .delivery(let place):
            let route = held.payload.route
            let operation = route.subscription.operations[place]
            if route.subscription.isPlain, let handler = route.handlers[place] {
                await handlePlainly(held, by: operation, handler)
            } else {
                await handle(held, by: operation, route.handlers[place])
            }
        }
    }

    /// Handles an event that needs neither turn, lock nor policy: as most do, without the frames of the others.
    private func handlePlainly(_ held: Held, by operation: QualifiedName, _ handler: @escaping EventHandler) async {
        let start = bus.configuration.observer == nil ? 0 : bus.clock.now
        let context = context(held, operation, fence: nil)
        let end: End
        do {
            try await EventContext.$current.withValue(context) {
                try await handler(context.message.readable, context)
            }
            if context.scope.isEmpty {
                note(.handled, held, operation, took: start == 0 ? 0 : bus.clock.now - start)
                settle(held) { $0.acknowledge(held.number) }
                return
            }
            end = await keep(context.scope, nil, held.payload.route.subscription)
        } catch {
            end = Task.isCancelled ? .cancelled : .answered(Self.outcome(of: error, in: nil), "\(error)")
        }
        await handle(held, by: operation, handler, after: end)
    }

    private func context(_ held: Held, _ operation: QualifiedName, fence: UInt64?) -> EventContext {
        EventContext(
            subscription: name, operation: operation, attempt: held.attempts,
            isRedelivered: held.payload.isRedelivered, fence: fence, message: held.payload.message,
            scope: HandlingScope(bus))
    }

    /// - Parameter end: how the first attempt ended, where it was made already.
    private func handle(
        _ first: Held, by operation: QualifiedName, _ handler: EventHandler?, after end: End? = nil
    ) async {
        let subscription = first.payload.route.subscription
        var held = first
        var known = end
        if known == nil, let chaos = subscription.chaos { await makeTrouble(chaos, held) }
        while true {
            let start = bus.configuration.observer == nil ? 0 : bus.clock.now
            let end = if let known { known } else { await attempt(held, by: operation, handler, subscription) }
            known = nil
            let took = start == 0 ? 0 : bus.clock.now - start
            switch end {
            case .answered(let outcome, let words):
                guard let next = await goOn(held, operation, outcome, words, took: took) else { return }
                held = next
            case .remembered:
                note(.remembered, held, operation)
                acknowledge(held, nil)
                return
            case .busy(let until):
                note(.postponed, held, operation, reason: "somebody else has it")
                putBack(held, notBefore: bus.postponement(until: until))
                return
            case .storeFailed(let error):
                note(.storeFailed, held, operation, reason: "\(error)")
                rest(held, until: bus.clock.now.advanced(by: SubscriptionRules.pauseAfterRefusal))
                return
            case .cancelled: return
            }
        }
    }

    /// Does what becomes of an event; the event for its next attempt where that is made in place.
    private func goOn(
        _ held: Held, _ operation: QualifiedName, _ outcome: CallOutcome, _ words: String?, took: UInt64
    ) async -> Held? {
        switch finish(held, outcome) {
        case .done:
            note(.handled, held, operation, took: took)
            acknowledge(held, held.payload.route.subscription.chaos)
            return nil
        case .postponed:
            note(.postponed, held, operation, reason: outcome.refusal.map { "\($0)" })
            wake()
            return nil
        case .deadLetter(let reason):
            note(.failed, held, operation, reason: words, error: outcome.error ?? "\(outcome.cause)", took: took)
            await giveUp(held, because: reason, words)
            return nil
        case .again(let after, inPlace: false):
            await sendLater(held, after: after, words)
            note(.failed, held, operation, reason: words, error: outcome.error ?? "\(outcome.cause)", took: took)
            return nil
        case .again(let after, inPlace: true):
            note(.failed, held, operation, reason: words, error: outcome.error ?? "\(outcome.cause)", took: took)
            let (time, isNever) = bus.clock.now.addingReportingOverflow(after)
            guard await bus.clock.wait(until: isNever ? .max : time) else { return nil }
            return repeatInPlace(held)
        }
    }

    // MARK: One attempt

    private func attempt(
        _ held: Held, by operation: QualifiedName, _ handler: EventHandler?, _ subscription: EventPlan.Subscription
    ) async -> End {
        var turn: InboxTurn?
        var lock: (name: String, fence: UInt64)?
        let now = held.onceKey == nil && subscription.node.lock == nil ? nil : bus.configuration.wallClock()
        do {
            if let key = held.onceKey, let now {
                let key = InboxKey(subscription: "\(name)", event: key)
                switch try await bus.store.begin(key, until: now + subscription.lease, at: now) {
                case .taken(let fence): turn = InboxTurn(key: key, fence: fence)
                case .busy(let until): return .busy(until: until)
                case .done: return .remembered
                }
            }
            if let declared = subscription.node.lock, let now,
                let value = held.payload.field(declared.field)
            {
                let lockName = "\(declared.field)=\(value)"
                switch try await bus.store.lock(lockName, until: now + declared.lease, at: now) {
                case .taken(let fence): lock = (lockName, fence)
                case .busy(let until):
                    await giveBack(turn, nil)
                    return .busy(until: until)
                case .done: break
                }
            }
        } catch {
            await giveBack(turn, lock)
            return .storeFailed(error)
        }
        let end = await run(held, by: operation, handler, subscription, turn, fence: lock?.fence ?? turn?.fence)
        if case .answered(let outcome, _) = end, outcome.isSuccess { turn = nil }
        await giveBack(turn, lock)
        return end
    }

    /// Runs the handler through its policy, then makes what it left behind durable.
    private func run(
        _ held: Held, by operation: QualifiedName, _ handler: EventHandler?, _ subscription: EventPlan.Subscription,
        _ turn: InboxTurn?, fence: UInt64?
    ) async -> End {
        guard let handler else {
            return .answered(.failure(.other), "there is no handler for `\(operation)`")
        }
        let context = context(held, operation, fence: fence)
        let pipeline = subscription.pipelines[operation]
        do {
            if let pipeline {
                try await pipeline.run(Self.facts(held), Self.handling) {
                    try await EventContext.$current.withValue(context) {
                        try await handler(context.message.readable, context)
                    }
                }
            } else {
                try await EventContext.$current.withValue(context) {
                    try await handler(context.message.readable, context)
                }
            }
        } catch {
            if Task.isCancelled { return .cancelled }
            return .answered(Self.outcome(of: error, in: pipeline), "\(error)")
        }
        return await keep(context.scope, turn, subscription)
    }

    /// Makes durable what a handler left behind.
    private func keep(_ scope: HandlingScope, _ turn: InboxTurn?, _ subscription: EventPlan.Subscription) async -> End {
        do {
            try await bus.keep(scope, turn, within: subscription.node.once?.within)
            return .answered(.success, nil)
        } catch let error as StoreError where error.code == .fenceLost {
            return .busy(until: bus.configuration.wallClock())
        } catch {
            if Task.isCancelled { return .cancelled }
            return .answered(.thrown(error), "\(error)")
        }
    }

    private static let handling = ResultHandling<Void>(fromText: { _ in }, fromStatus: { _ in })

    private static func facts(_ held: Held) -> CallFacts { CallFacts(isRetry: held.attempts > 1) }

    /// What a thrown error means. A refusal by the handler's own policy is one; by a policy that the handler called through, it is a
    /// failure like others.
    private static func outcome(of error: any Error, in pipeline: Pipeline?) -> CallOutcome {
        if let refusal = (error as? ResilienceError)?.code.refusal, let pipeline,
            let error = error as? ResilienceError, error.owner == pipeline.owner, error.policy == pipeline.policy.name
        {
            return .refused(refusal)
        }
        let outcome = CallOutcome.thrown(error)
        // The task is not cancelled, so whatever was cancelled is the handler's own.
        return outcome.kind == .cancelled ? .failure(.other) : outcome
    }

    private func giveBack(_ turn: InboxTurn?, _ lock: (name: String, fence: UInt64)?) async {
        // What cannot be given back ends with its lease.
        if let turn { try? await bus.store.giveBack(turn) }
        if let lock { try? await bus.store.unlock(lock.name, fence: lock.fence) }
    }
}

extension SubscriptionRunner.Admitted {
    /// A field of its event.
    fileprivate func field(_ name: String) -> FilterScalar? {
        EventView(message.readable, route.plan.shape(of: message)).field(name)
    }
}
