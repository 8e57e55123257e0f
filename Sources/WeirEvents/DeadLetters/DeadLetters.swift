// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirResilience

/// Looks at the messages that were given up, publishes them to their queues again, or removes them; over any transport that knows
/// the topology.
///
/// A message that is looked at and left counts as delivered once more, where its queue has a `deliver up to`.
public struct DeadLetters: Sendable {
    /// The most messages that are held in hand at a time, because they are left where they are.
    public static let mostHeld = 1_000
    /// How long the next message may take to come.
    private static let patience: Duration = .seconds(3)
    private static let poll: Duration = .milliseconds(10)

    /// What became of the messages of a queue.
    public struct Report: Sendable {
        /// Those that were looked at, replayed or removed, oldest first.
        public internal(set) var done: [DeadLetter] = []
        /// How many were not meant, and stay.
        public internal(set) var passed = 0
        /// Those that could not be replayed and stay, and why.
        public internal(set) var failed: [(letter: DeadLetter, reason: String)] = []
    }

    private let transport: any EventTransport
    private let topology: EventTopology
    private let clock: EngineClock

    /// Over a transport that was told of the topology.
    public init(_ transport: any EventTransport, _ topology: EventTopology, clock: EngineClock = .system) {
        self.transport = transport
        self.topology = topology.withSagas
        self.clock = clock
    }

    /// The queues in which a topology keeps what is given up, in the order of their names.
    public static func queues(of topology: EventTopology) -> [QualifiedName] {
        Set(topology.queues.compactMap(\.deadLetter) + topology.subscriptions.compactMap(\.deadLetter)).sorted()
    }

    /// Looks at messages, oldest first, and leaves them.
    /// - Parameter most: how many, up to ``mostHeld``.
    /// - Throws: what the transport throws when the queue cannot be consumed.
    public func look(
        in queue: QualifiedName, _ selection: DeadLetter.Selection = .init(), most: Int
    ) async throws -> Report {
        try await visit(queue, selection, most: min(most, Self.mostHeld)) { _ in .leave }
    }

    /// Publishes messages to the queues they came from, with no attempt counted, and removes each once that is confirmed.
    ///
    /// Events keep their ids. Messages that come back meanwhile are not replayed again.
    /// - Throws: what the transport throws when the queue cannot be consumed.
    public func replay(
        _ queue: QualifiedName, _ selection: DeadLetter.Selection = .init(), most: Int = .max
    ) async throws -> Report {
        try await visit(queue, selection, most: most) { letter in
            guard let origin = letter.origin else { return .fail("nobody can tell which queue it came from") }
            let deadline = clock.now.advanced(by: PublishSettings.defaultTimeout)
            let message = letter.message.with(DeliveryTrail())
            switch await transport.publish(message, to: .queue(origin), until: deadline) {
            case .confirmed: return .remove
            case .returned: return .fail("there is no queue `\(origin)`")
            case .nacked(let reason): return .fail("`\(origin)` refuses it: \(reason)")
            case .unknown(let reason): return .fail("nobody can tell whether `\(origin)` has it: \(reason)")
            }
        }
    }

    /// Removes messages for good.
    /// - Throws: what the transport throws when the queue cannot be consumed.
    public func purge(
        _ queue: QualifiedName, _ selection: DeadLetter.Selection = .init(), most: Int = .max
    ) async throws -> Report {
        try await visit(queue, selection, most: most) { _ in .remove }
    }

    private enum Verdict { case leave, remove, fail(String) }

    /// Shows the messages that lie there now to the body; what it does not remove goes back together at the end.
    private func visit(
        _ queue: QualifiedName, _ selection: DeadLetter.Selection, most: Int, _ body: (DeadLetter) async -> Verdict
    ) async throws -> Report {
        var report = Report()
        var waiting = await transport.depth(of: queue) ?? 0
        let consumer = try await transport.consume(queue, prefetch: Self.mostHeld) { _ in }
        var held = 0
        while waiting > 0, report.done.count < most, held < Self.mostHeld, let delivery = await next(consumer) {
            waiting -= 1
            let letter = DeadLetter(message: delivery.message, origin: origin(of: delivery.message, in: queue))
            held += 1
            guard selection.takes(letter) else {
                report.passed += 1
                continue
            }
            switch await body(letter) {
            case .leave: report.done.append(letter)
            case .fail(let reason): report.failed.append((letter, reason))
            case .remove:
                consumer.acknowledge(delivery.tag)
                held -= 1
                report.done.append(letter)
            }
        }
        await consumer.close()
        return report
    }

    private func next(_ consumer: any EventConsumer) async -> EventDelivery? {
        let end = clock.now.advanced(by: Self.patience)
        while true {
            if let delivery = consumer.next() { return delivery }
            let now = clock.now
            guard now < end, await clock.wait(until: now.advanced(by: Self.poll)) else { return nil }
        }
    }

    /// The queue of the subscription that gave it up; else the only one whose dead letters come here.
    private func origin(of message: EventMessage, in queue: QualifiedName) -> QualifiedName? {
        if let name = message.trail.subscription,
            let subscription = topology.subscriptions.first(where: { "\($0.name)" == name })
        {
            return subscription.queue
        }
        let origins = Set(
            topology.queues.filter { $0.deadLetter == queue }.map(\.name)
                + topology.subscriptions.filter { $0.deadLetter == queue }.map(\.queue))
        return origins.count == 1 ? origins.first : nil
    }
}

extension EventBus {
    /// What was given up, by the policies in force.
    public var deadLetters: DeadLetters { DeadLetters(transport, plan.topology, clock: clock) }
}
