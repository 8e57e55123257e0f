// SPDX-License-Identifier: Apache-2.0

extension SagaNode {
    /// The name of the subscription, and of the queue, through which its events come to it.
    public var inlet: QualifiedName { QualifiedName(package: name.package, name: "saga.\(name.name)") }

    /// All events that it listens to, in the order of their names.
    public var events: [QualifiedName] {
        Set(start + steps.flatMap { $0.awaits + $0.failsWhen }).sorted()
    }

    /// How long an event is remembered, and a run that has ended: beyond the longest run, so that no copy is taken for a new event.
    public var memory: Duration { within + Self.memoryBeyond }
    private static let memoryBeyond: Duration = .seconds(7 * 86_400)
}

extension EventTopology {
    /// The topology with the subscription of each saga, which nobody declares: a queue of its own, bound to every exchange that carries
    /// one of its events.
    ///
    /// Events of one run come one after the other, and whatever fails is tried again in place, so that none overtakes another or is
    /// given up.
    public var withSagas: EventTopology {
        guard !sagas.isEmpty else { return self }
        return EventTopology(
            bus: bus, events: events, exchanges: exchanges, queues: queues,
            subscriptions: subscriptions + sagas.map(inlet), sagas: sagas, audits: audits, chaosProfiles: chaosProfiles)
    }

    private func inlet(_ saga: SagaNode) -> SubscriptionNode {
        let wanted = saga.events
        let sources = exchanges.compactMap { exchange -> SubscriptionNode.Source? in
            let carried = exchange.carries.filter { wanted.contains($0) }
            guard !carried.isEmpty else { return nil }
            let isKeyed = exchange.kind == .topic || exchange.kind == .direct
            return SubscriptionNode.Source(
                exchange: exchange.name, patterns: isKeyed ? carried.map(\.name).sorted() : [])
        }
        // Its numbers are within their bounds, so this never fails.
        let endless = try? RetryPolicy(
            attempts: nil, backoff: .exponential(initial: .milliseconds(50), factor: .times(2)), cap: .seconds(30),
            jitter: .full, when: [.anyFailure])
        return SubscriptionNode(
            name: saga.inlet, sources: sources, queue: saga.inlet, deliveries: [.init(operation: saga.inlet)],
            once: .init(field: nil, within: saga.memory),
            order: .byKey(field: saga.key, lanes: SubscriptionNode.defaultLanes),
            redelivery: endless.map { RedeliveryPolicy($0, waitsInPlace: true) })
    }
}
