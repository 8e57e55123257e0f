// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// How events leave a subscription: an event is let go of only when its outcome is durable.
extension SubscriptionRunner {
    func acknowledge(_ held: Held, _ chaos: ChaosProfileNode?) {
        guard let chaos, chaos.dropAcks.hits(bus.configuration.random) else {
            settle(held) { $0.acknowledge(held.number) }
            return
        }
        note(.chaos, held, reason: "drop acks")
        settle(held) { $0.reject(held.number, requeue: true) }
    }

    /// Has an event handled again later: a copy waits, and only when it is there the event is let go of.
    func sendLater(_ held: Held, after: UInt64, _ words: String?) async {
        var trail = held.payload.message.trail
        let known = current(held) ?? held
        trail.attempts = held.attempts
        trail.firstAttempt = trail.firstAttempt ?? bus.wallTime(of: held.firstAttempt)
        trail.memory = known.memory
        trail.error = words.map { String($0.prefix(DeliveryTrail.mostErrorBytes)) }
        let copy = held.payload.message.with(trail)
        guard await publish(copy, to: .later(held.payload.route.subscription.node.queue, after: after), held) else {
            return
        }
        settle(held) { $0.acknowledge(held.number) }
    }

    func giveUp(_ held: Held, because reason: RedeliverySchedule.Reason, _ words: String?) async {
        guard let queue = held.payload.route.subscription.rules.deadLetter else {
            note(.lost, held, reason: reason.rawValue)
            settle(held) { $0.acknowledge(held.number) }
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
        settle(held) { $0.acknowledge(held.number) }
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

    func makeTrouble(_ chaos: ChaosProfileNode, _ held: Held) async {
        let message = held.payload.message
        let random = bus.configuration.random
        if !message.trail.isDuplicate, chaos.duplicate.hits(random) {
            note(.chaos, held, reason: "duplicate")
            var trail = message.trail
            trail.isDuplicate = true
            _ = await publish(message.with(trail), to: .queue(held.payload.route.subscription.node.queue), held)
        }
        if chaos.delay.hits(random) {
            note(.chaos, held, reason: "delay")
            _ = await bus.clock.wait(until: bus.clock.now.advanced(by: chaos.delayBy))
        }
    }

    func note(
        _ name: BusEvent.Name, _ held: Held, _ operation: QualifiedName? = nil, reason: String? = nil,
        error: String? = nil, took: UInt64 = 0
    ) {
        guard let observer = bus.configuration.observer else { return }
        let event = held.payload.message.event
        observer.record(
            BusEvent(
                name: name, type: event?.type ?? "", source: event?.source ?? "", id: event?.id ?? "",
                subscription: self.name, operation: operation, attempt: held.attempts, reason: reason,
                error: error, nanoseconds: took))
    }
}

extension Ratio {
    fileprivate func hits(_ random: EngineRandom) -> Bool { self > .zero && random.nextFraction() < fraction }
}
