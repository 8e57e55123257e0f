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
    /// How long a subscription takes nothing after a step of its policy refused.
    static var pauseAfterRefusal: VirtualTime { VirtualTime(.seconds(1)) }

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
            consumers[subscription]?.waiting.append(EventCopy(event: event, operation: operation))
            handleNext(at: subscription)
        case nil: break
        }
    }

    /// Hands out what may be handled now.
    func handleNext(at subscription: QualifiedName) {
        while let state = consumers[subscription], let place = state.next(at: now) {
            guard let copy = consumers[subscription]?.waiting.remove(at: place) else { return }
            if let key = state.memoryKey(of: copy.event), let until = state.remembered[key], now < until {
                note(copy.event, .remembered(subscription))
                continue
            }
            consumers[subscription]?.running.append(copy)
            handle(copy, at: subscription)
        }
    }

    private func handle(_ copy: EventCopy, at subscription: QualifiedName) {
        copy.attempts += 1
        copy.waitsInPlace = false
        if copy.attempts == 1 { copy.firstAttempt = now }
        call(
            copy.operation, using: consumers[subscription]?.node.policy, from: nil,
            for: EventDelivery(copy: copy, subscription: subscription))
    }

    /// Goes on with an event whose handler has been answered.
    func settle(_ delivery: EventDelivery, _ answer: Answer, _ outcome: CallOutcome) {
        let (copy, subscription) = (delivery.copy, delivery.subscription)
        guard let state = consumers[subscription] else { return }
        if answer.isUsable, answer.kind == .fallback || !state.schedule.isFailure(outcome) {
            if let once = state.node.once, let key = state.memoryKey(of: copy.event) {
                consumers[subscription]?.remembered[key] = now + VirtualTime(once.within)
            }
            note(copy.event, .handled(subscription, by: copy.operation, attempt: copy.attempts))
            release(copy, at: subscription)
        } else if outcome.kind == .rejected, outcome.refusal != .deadlineExceeded {
            pause(copy, at: subscription)
        } else {
            retry(copy, at: subscription, state, answer, outcome)
        }
        handleNext(at: subscription)
    }

    /// A refusal by a step is no attempt: the event goes back to the front, and the subscription rests.
    private func pause(_ copy: EventCopy, at subscription: QualifiedName) {
        copy.attempts -= 1
        release(copy, at: subscription)
        consumers[subscription]?.waiting.insert(copy, at: 0)
        consumers[subscription]?.pausedUntil = now + Self.pauseAfterRefusal
        schedule(.resume(subscription), at: now + Self.pauseAfterRefusal)
    }

    private func retry(
        _ copy: EventCopy, at subscription: QualifiedName, _ state: ConsumerState, _ answer: Answer,
        _ outcome: CallOutcome
    ) {
        let elapsed = now.since(copy.firstAttempt).nanoseconds
        let decision = state.schedule.decide(
            after: copy.attempts, outcome: outcome, elapsed: elapsed, memory: &copy.memory,
            fraction: random.nextFraction())
        switch decision {
        case .again(let wait, let isInPlace):
            let wait = VirtualTime(nanoseconds: wait)
            note(
                copy.event,
                .failed(subscription, by: copy.operation, attempt: copy.attempts, answer: answer, wait: wait))
            copy.waitsInPlace = isInPlace
            if !isInPlace { release(copy, at: subscription) }
            schedule(.redeliver(EventDelivery(copy: copy, subscription: subscription)), at: now + wait)
        case .deadLetter(let reason):
            release(copy, at: subscription)
            giveUp(copy.event, at: subscription, because: reason)
        }
    }

    /// Handles an event again whose wait is over.
    func redeliver(_ delivery: EventDelivery) {
        if delivery.copy.waitsInPlace {
            handle(delivery.copy, at: delivery.subscription)
        } else {
            consumers[delivery.subscription]?.waiting.append(delivery.copy)
            handleNext(at: delivery.subscription)
        }
    }

    private func giveUp(_ event: PlayedEvent, at subscription: QualifiedName, because reason: RedeliverySchedule.Reason)
    {
        guard let queue = consumers[subscription]?.deadLetter else {
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

    private func release(_ copy: EventCopy, at subscription: QualifiedName) {
        consumers[subscription]?.running.removeAll { $0 === copy }
    }

    private func note(_ event: PlayedEvent, _ what: EventFact.What) {
        story.events.append(EventFact(number: event.number, type: event.type, at: now, what: what))
    }
}

/// A copy of an event on its way through a handler.
struct EventDelivery {
    let copy: EventCopy
    let subscription: QualifiedName
}
