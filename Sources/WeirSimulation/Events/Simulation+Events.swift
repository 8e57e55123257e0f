// SPDX-License-Identifier: Apache-2.0

public import WeirCompiler
import WeirEvents
import WeirPolicy
import WeirResilience

/// What becomes of the events that a test publishes.
///
/// They are routed as the broker does, wait in queues that neither overflow nor expire, and are handled by calls through the
/// subscription's policy. A handler's own events are not published: what an operation may publish is declared, not what it does.
extension Simulation {
    /// Adds an event that the test publishes when the story begins.
    public func add(_ publication: TestCase.Publication) {
        schedule(.publish(publications.count), at: .zero)
        publications.append(publication)
    }

    func publish(_ index: Int) {
        let publication = publications[index]
        let event = PlayedEvent(number: index + 1, type: publication.event.name, fields: publication.fields)
        guard let route = router.route(event.type, through: publication.exchange) else {
            story.problem = "there is no exchange `\(publication.exchange)`"
            return
        }
        if route.isReturned { note(event, .returned) }
        for queue in route.queues + (route.unrouted.map { [$0] } ?? []) { put(event, into: queue, because: nil) }
    }

    /// Puts a copy into a queue; of several subscriptions that take from it, they take turns.
    private func put(_ event: PlayedEvent, into queue: QualifiedName, because reason: RedeliverySchedule.Reason?) {
        note(event, .queued(queue, reason))
        let subscriptions = router.subscriptions(of: queue)
        guard !subscriptions.isEmpty else { return }
        let turn = turns[queue, default: 0]
        turns[queue] = turn + 1
        receive(event, at: subscriptions[turn % subscriptions.count])
    }

    private func receive(_ event: PlayedEvent, at subscription: QualifiedName) {
        switch router.dispatch(event, to: subscription) {
        case .filteredOut: note(event, .filteredOut(subscription))
        case .unhandled: giveUp(event, at: subscription, because: .unhandled)
        case .operation(let operation):
            note(event, .delivered(subscription, to: operation))
            copyCount += 1
            let copy = EventCopy(number: copyCount, event: event, operation: operation)
            if let held = consumers[subscription]?.held(copy) { consumers[subscription]?.machine.receive(held) }
            handleNext(at: subscription)
        case nil: break
        }
    }

    /// Hands out what may be handled now.
    func handleNext(at subscription: QualifiedName) {
        while case .handle(let held)? = consumers[subscription]?.machine.next(at: now.nanoseconds) {
            handle(held, at: subscription)
        }
    }

    private func handle(_ held: HeldEvent<EventCopy>, at subscription: QualifiedName) {
        let copy = held.payload
        copy.attempts = held.attempts
        if let key = held.onceKey {
            switch consumers[subscription]?.memory.take(key, until: .distantFuture, at: now.timestamp) {
            case .taken(let fence): copy.turn = (key, fence)
            case .done, .busy, nil:
                note(copy.event, .remembered(subscription))
                consumers[subscription]?.machine.settle(held)
                return
            }
        }
        call(
            copy.operation, using: consumers[subscription]?.node.policy, from: nil,
            for: EventDelivery(held: held, subscription: subscription))
    }

    /// Goes on with an event whose handler has been answered.
    func settle(_ delivery: EventDelivery, _ answer: Answer, _ outcome: CallOutcome) {
        let (held, copy, subscription) = (delivery.held, delivery.copy, delivery.subscription)
        let isLost = !answer.isUsable && outcome.isSuccess
        let result = answer.kind == .fallback ? CallOutcome.success : isLost ? .failure(.other) : outcome
        let known = consumers[subscription]?.machine.event(held)
        let verdict = consumers[subscription]?.machine.finish(
            held, result, at: now.nanoseconds, fraction: random.nextFraction())
        endTurn(of: copy, at: subscription, isDone: verdict == .done)
        switch verdict {
        case .done:
            note(copy.event, .handled(subscription, by: copy.operation, attempt: copy.attempts))
            consumers[subscription]?.machine.settle(held)
        case .postponed(let until): schedule(.resume(subscription), at: VirtualTime(nanoseconds: until))
        case .again(let wait, let isInPlace):
            let wait = VirtualTime(nanoseconds: wait)
            note(
                copy.event,
                .failed(subscription, by: copy.operation, attempt: copy.attempts, answer: answer, wait: wait))
            let memory = consumers[subscription]?.machine.event(held)?.memory ?? 0
            if !isInPlace { consumers[subscription]?.machine.settle(held) }
            schedule(
                .redeliver(
                    EventDelivery(
                        held: held, subscription: subscription, isInPlace: isInPlace,
                        firstAttempt: known?.firstAttempt ?? 0, memory: memory)), at: now + wait)
        case .deadLetter(let reason):
            consumers[subscription]?.machine.settle(held)
            giveUp(copy.event, at: subscription, because: reason)
        case nil: break
        }
        handleNext(at: subscription)
    }

    /// Notes the event as handled, or lets go of its turn.
    private func endTurn(of copy: EventCopy, at subscription: QualifiedName, isDone: Bool) {
        guard let turn = copy.turn, let once = consumers[subscription]?.node.once else { return }
        copy.turn = nil
        if isDone {
            let end = (now + VirtualTime(once.within)).timestamp
            _ = consumers[subscription]?.memory.finish(turn.key, fence: turn.fence, keep: end)
        } else {
            consumers[subscription]?.memory.giveBack(turn.key, fence: turn.fence)
        }
    }

    /// Handles an event again whose wait is over.
    func redeliver(_ delivery: EventDelivery) {
        let (copy, subscription) = (delivery.copy, delivery.subscription)
        if delivery.isInPlace {
            guard let held = consumers[subscription]?.machine.repeatInPlace(delivery.held) else { return }
            handle(held, at: subscription)
        } else {
            let held = consumers[subscription]?.held(
                copy, firstAttempt: delivery.firstAttempt, memory: delivery.memory)
            if let held { consumers[subscription]?.machine.receive(held) }
        }
        handleNext(at: subscription)
    }

    private func giveUp(_ event: PlayedEvent, at subscription: QualifiedName, because reason: RedeliverySchedule.Reason)
    {
        guard let queue = consumers[subscription]?.machine.rules.deadLetter else {
            return note(event, .lost(subscription, reason))
        }
        let earlier = story.events.count { fact in
            guard case .queued(queue, .some) = fact.what else { return false }
            return fact.number == event.number
        }
        guard earlier < Self.mostDeadLetters else {
            story.problem = "event #\(event.number) was dead-lettered to `\(queue)` again and again"
            return
        }
        put(event, into: queue, because: reason)
    }

    /// How often one event may be dead-lettered to one queue before the topology is taken to be a circle.
    private static var mostDeadLetters: Int { 100 }

    private func note(_ event: PlayedEvent, _ what: EventFact.What) {
        story.events.append(EventFact(number: event.number, type: event.type, at: now, what: what))
    }
}

/// A copy of an event on its way through a handler.
struct EventDelivery {
    let held: HeldEvent<EventCopy>
    let subscription: QualifiedName
    /// Of one that is to be handled again: whether it kept its place meanwhile.
    var isInPlace = false
    var firstAttempt: UInt64 = 0
    /// What its waits remember.
    var memory: UInt64 = 0

    var copy: EventCopy { held.payload }
}
