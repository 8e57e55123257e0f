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
            settle(held.number) { $0.acknowledge(held.number) }
        case .deadLetter(let reason, let words):
            await giveUp(held, because: reason, words)
        case .operation(let operation):
            let subscription = subscription
            if subscription.isPlain, let handler = handler(of: operation) {
                await handlePlainly(held, by: operation, subscription, handler)
            } else {
                await handle(held, by: operation, subscription)
            }
        }
    }

    /// Handles an event that needs neither turn, lock nor policy: as most do, without the frames of the others.
    private func handlePlainly(
        _ held: Held, by operation: QualifiedName, _ subscription: EventPlan.Subscription, _ handler: EventHandler
    ) async {
        let start = bus.configuration.observer == nil ? 0 : bus.clock.now
        let context = context(held, operation, fence: nil)
        let end: End
        do {
            try await EventContext.$current.withValue(context) {
                try await handler(context.message.readable, context)
            }
            if context.scope.isEmpty {
                note(.handled, held, operation, took: start == 0 ? 0 : bus.clock.now - start)
                settle(held.number) { $0.acknowledge(held.number) }
                return
            }
            end = await keep(context.scope, nil, subscription)
        } catch {
            end = Task.isCancelled ? .cancelled : .answered(Self.outcome(of: error, in: nil), "\(error)")
        }
        await handle(held, by: operation, subscription, after: end)
    }

    private func context(_ held: Held, _ operation: QualifiedName, fence: UInt64?) -> EventContext {
        EventContext(
            subscription: name, operation: operation, attempt: held.attempts,
            isRedelivered: held.payload.isRedelivered, fence: fence, message: held.payload.message,
            scope: HandlingScope(bus))
    }

    /// - Parameter end: how the first attempt ended, where it was made already.
    private func handle(
        _ first: Held, by operation: QualifiedName, _ subscription: EventPlan.Subscription, after end: End? = nil
    ) async {
        var held = first
        var known = end
        if known == nil, let chaos = subscription.chaos { await makeTrouble(chaos, held) }
        while true {
            let start = bus.configuration.observer == nil ? 0 : bus.clock.now
            let end = if let known { known } else { await attempt(held, by: operation, subscription) }
            known = nil
            let took = start == 0 ? 0 : bus.clock.now - start
            switch end {
            case .answered(let outcome, let words):
                switch finish(held.number, outcome, subscription) {
                case .done:
                    note(.handled, held, operation, took: took)
                    await acknowledge(held, subscription.chaos)
                    return
                case .postponed:
                    note(.postponed, held, operation, reason: outcome.refusal.map { "\($0)" })
                    wake()
                    return
                case .deadLetter(let reason):
                    note(.failed, held, operation, reason: words, took: took)
                    await giveUp(held, because: reason, words)
                    return
                case .again(let after, let isInPlace):
                    guard isInPlace else {
                        await sendLater(held, after: after, subscription, words)
                        note(.failed, held, operation, reason: words, took: took)
                        return
                    }
                    note(.failed, held, operation, reason: words, took: took)
                    let (time, isNever) = bus.clock.now.addingReportingOverflow(after)
                    guard await bus.clock.wait(until: isNever ? .max : time), let next = repeatInPlace(held.number)
                    else {
                        return
                    }
                    held = next
                }
            case .remembered:
                note(.remembered, held, operation)
                await acknowledge(held, nil)
                return
            case .busy(let until):
                note(.postponed, held, operation, reason: "somebody else has it")
                putBack(held.number, notBefore: bus.postponement(until: until))
                return
            case .storeFailed(let error):
                note(.storeFailed, held, operation, reason: "\(error)")
                rest(held.number, until: bus.clock.now.advanced(by: SubscriptionRules.pauseAfterRefusal))
                return
            case .cancelled: return
            }
        }
    }

    // MARK: One attempt

    private func attempt(
        _ held: Held, by operation: QualifiedName, _ subscription: EventPlan.Subscription
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
                let value = value(of: declared.field, held.payload.message.readable)
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
        let end = await run(held, by: operation, subscription, turn, fence: lock?.fence ?? turn?.fence)
        if case .answered(let outcome, _) = end, outcome.isSuccess { turn = nil }
        await giveBack(turn, lock)
        return end
    }

    private func value(of field: String, _ event: Event) -> FilterScalar? {
        EventView(event, bus.plan.shape(of: event.type)).field(field)
    }

    /// Runs the handler through its policy, then makes what it left behind durable.
    private func run(
        _ held: Held, by operation: QualifiedName, _ subscription: EventPlan.Subscription, _ turn: InboxTurn?,
        fence: UInt64?
    ) async -> End {
        guard let handler = handler(of: operation) else {
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

    // MARK: Ends

    private func acknowledge(_ held: Held, _ chaos: ChaosProfileNode?) async {
        guard let chaos, chaos.dropAcks.hits(bus.configuration.random) else {
            settle(held.number) { $0.acknowledge(held.number) }
            return
        }
        note(.chaos, held, reason: "drop acks")
        settle(held.number) { $0.reject(held.number, requeue: true) }
    }

    /// Has an event handled again later: a copy waits, and only when it is there the event is let go of.
    private func sendLater(
        _ held: Held, after: UInt64, _ subscription: EventPlan.Subscription, _ words: String?
    ) async {
        var trail = held.payload.message.trail
        let known = current(held.number) ?? held
        trail.attempts = held.attempts
        trail.firstAttempt = trail.firstAttempt ?? bus.wallTime(of: held.firstAttempt)
        trail.memory = known.memory
        trail.error = words.map { String($0.prefix(DeliveryTrail.mostErrorBytes)) }
        let copy = held.payload.message.with(trail)
        guard await publish(copy, to: .later(subscription.node.queue, after: after), held) else { return }
        settle(held.number) { $0.acknowledge(held.number) }
    }

    private func giveUp(_ held: Held, because reason: RedeliverySchedule.Reason, _ words: String?) async {
        guard let queue = subscription.rules.deadLetter else {
            note(.lost, held, reason: reason.rawValue)
            settle(held.number) { $0.acknowledge(held.number) }
            return
        }
        var trail = held.payload.message.trail
        trail.attempts = held.attempts
        trail.reason = reason
        trail.subscription = "\(name)"
        trail.error = words.map { String($0.prefix(DeliveryTrail.mostErrorBytes)) } ?? trail.error
        let copy = held.payload.message.with(trail)
        guard await publish(copy, to: .queue(queue), held) else { return }
        note(.deadLettered, held, reason: reason.rawValue)
        settle(held.number) { $0.acknowledge(held.number) }
    }

    /// Publishes a copy until it is confirmed; false where the process stops first, and the event comes again.
    private func publish(_ copy: EventMessage, to destination: EventDestination, _ held: Held) async -> Bool {
        var pause: Duration = .milliseconds(50)
        while true {
            let outcome = await bus.transport.publish(
                copy, to: destination, until: bus.clock.now.advanced(by: PublishSettings.defaultTimeout))
            if outcome == .confirmed { return true }
            note(.copyFailed, held, reason: "\(outcome)")
            guard await bus.clock.wait(until: bus.clock.now.advanced(by: pause)) else { return false }
            pause = min(pause * 2, .seconds(5))
        }
    }

    // MARK: Chaos

    private func makeTrouble(_ chaos: ChaosProfileNode, _ held: Held) async {
        let message = held.payload.message
        let random = bus.configuration.random
        if !message.trail.isDuplicate, chaos.duplicate.hits(random) {
            note(.chaos, held, reason: "duplicate")
            var trail = message.trail
            trail.isDuplicate = true
            _ = await publish(message.with(trail), to: .queue(subscription.node.queue), held)
        }
        if chaos.delay.hits(random) {
            note(.chaos, held, reason: "delay")
            _ = await bus.clock.wait(until: bus.clock.now.advanced(by: chaos.delayBy))
        }
    }

    private func note(
        _ name: BusEvent.Name, _ held: Held, _ operation: QualifiedName? = nil, reason: String? = nil, took: UInt64 = 0
    ) {
        guard let observer = bus.configuration.observer else { return }
        let event = held.payload.message.event
        observer.record(
            BusEvent(
                name: name, type: event?.type ?? "", source: event?.source ?? "", id: event?.id ?? "",
                subscription: self.name, operation: operation, attempt: held.attempts, reason: reason,
                nanoseconds: took))
    }
}

extension Ratio {
    fileprivate func hits(_ random: EngineRandom) -> Bool { self > .zero && random.nextFraction() < fraction }
}
