// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import WeirEvents
public import WeirPolicy
import WeirResilience

/// Carries events over a RabbitMQ broker, 3.10 or later, by the system's librabbitmq.
///
/// Three connections: one publishes, one consumes, one asks. A subscription in order has one of its own, since only a connection that ends
/// without a word gives back in order what it was handed out. Each has a thread and comes back by itself.
public final class RabbitMQTransport: EventTransport {
    struct State: Sendable {
        var topology = EventTopology.empty
        var singles: [ObjectIdentifier: BrokerLink] = [:]
        var isClosed = false
    }

    let settings: RabbitMQConfiguration
    let names: BrokerNames
    let keeper: TopologyKeeper
    let publisher: Publisher
    let consumers: Consumers
    let publishLink: BrokerLink
    let consumeLink: BrokerLink
    let controlLink: BrokerLink
    let state = Mutex(State())

    /// A transport that connects when it is used first.
    /// - Throws: ``WeirEvents/TransportError`` when the system has no files left for it.
    public init(_ configuration: RabbitMQConfiguration) throws(TransportError) {
        settings = configuration
        names = BrokerNames(prefix: configuration.prefix)
        keeper = TopologyKeeper(configuration.onEvent)
        publisher = Publisher(keeper, configuration.onEvent)
        consumers = Consumers(prefix: Self.consumerPrefix(configuration), keeper, configuration.onEvent)
        do throws(BrokerFault) {
            publishLink = try BrokerLink(configuration, "publish", publisher)
            consumeLink = try BrokerLink(configuration, "consume", consumers)
            controlLink = try BrokerLink(configuration, "control", IdleDriver())
        } catch {
            throw TransportError(.unreachable, error.description)
        }
    }

    /// A transport to the broker at an address such as `amqp://user:password@host:5672/vhost`, with the settings that suit a service
    /// in production.
    /// - Throws: ``BrokerURL/Mistake`` when the text is no address; ``WeirEvents/TransportError`` when the system has no files left.
    public convenience init(_ url: String) throws { try self.init(RabbitMQConfiguration(BrokerURL(url))) }

    deinit { endLinks() }

    static func consumerPrefix(_ configuration: RabbitMQConfiguration) -> String {
        "\(configuration.name)-\(String(configuration.random.next(), radix: 36))"
    }

    /// Ends all connections; what is handed out and not acknowledged goes back. Does not wait.
    public func close() {
        state.withLock { $0.isClosed = true }
        endLinks()
    }

    private func endLinks() {
        for link in [publishLink, consumeLink, controlLink] { link.end(.polite) }
        for link in state.withLock({ Array($0.singles.values) }) { link.end(.abrupt) }
    }

    /// Cuts all connections, as a network does, and waits until everybody knows.
    package func interrupt() async {
        for link in [publishLink, consumeLink, controlLink] { await link.interrupt() }
        for link in state.withLock({ Array($0.singles.values) }) { await link.interrupt() }
    }

    /// Takes a topology for granted and declares nothing, so that whoever only looks at a broker changes nothing there.
    package func adopt(_ topology: EventTopology) { state.withLock { $0.topology = topology } }

    /// Sees whether the broker is there and lets us in.
    package func reach() async throws(TransportError) {
        do throws(BrokerFault) {
            try await controlLink.run(until: settings.deadline) { session throws(BrokerFault) in
                try session.openChannel(1)
                try session.closeChannel(1)
            }
        } catch {
            throw Self.error(error)
        }
    }

    /// What a failure means to those who use a transport.
    static func error(_ fault: BrokerFault) -> TransportError {
        switch fault.code {
        case 404: TransportError(.unknownQueue, fault.description)
        case 403, 405, 406, 530: TransportError(.refused, fault.description)
        default: TransportError(.unreachable, fault.description)
        }
    }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RabbitMQTransport {
    public func declare(_ topology: EventTopology) async throws {
        let (old, known) = (state.withLock { $0.topology }, keeper.topology)
        let plan = TopologyPlan(from: old, to: topology)
        guard plan.incompatible.isEmpty else { throw TopologyError(plan) }
        let wanted = BrokerTopology(topology, names)
        guard wanted.tooLong.isEmpty else {
            throw TransportError(
                .refused, "longer than \(BrokerNames.longest) bytes: \(wanted.tooLong.joined(separator: ", "))")
        }
        let declaration = TopologyDeclaration(
            topology: wanted, unbound: known?.bindings.subtracting(wanted.bindings) ?? [])
        let found: [TopologyPlan.Step]
        do {
            found = try await controlLink.run(until: settings.deadline) { session throws(BrokerFault) in
                try declaration.run(session)
            }
        } catch {
            throw Self.error(error)
        }
        guard found.isEmpty else { throw TopologyError(TopologyPlan(found)) }
        keeper.keep(wanted)
        state.withLock { $0.topology = topology }
    }

    public func publish(
        _ message: EventMessage, to destination: EventDestination, until deadline: UInt64
    ) async -> PublishOutcome {
        guard let (exchange, key, envelope) = place(destination) else { return .returned }
        let ready: BrokerPublish
        do throws(EventFormatError) {
            ready = try BrokerPublish(message, as: envelope, to: exchange, key: key)
        } catch {
            return .nacked("\(error)")
        }
        if let reason = ready.misfit { return .nacked(reason) }
        do throws(BrokerFault) { try publishLink.start() } catch { return .unknown(error.description) }
        let ticket = PublishTicket(ready)
        guard !state.withLock({ $0.isClosed }) else { return .unknown("the transport was closed") }
        guard publisher.submit(ticket) else {
            return .nacked("\(Publisher.mostWaiting) messages wait for the broker")
        }
        publishLink.wakeUp.ring()
        return await ticket.outcome(until: deadline, on: settings.clock) {
            if case .down(let fault) = publishLink.phase { return fault.description }
            return publisher.blocked.map { "the broker takes nothing: \($0)" }
                ?? "the broker did not confirm it in time"
        }
    }

    /// Where a message goes at the broker; nil where nothing of the kind is declared.
    private func place(_ destination: EventDestination) -> (exchange: String, key: String, BusNode.Envelope)? {
        state.withLock { state in
            let envelope = state.topology.bus?.envelope ?? .binary
            switch destination {
            case .exchange(let name, let key):
                return state.topology.exchange(name).map { _ in (names.name(of: name), key, envelope) }
            case .queue(let name):
                return isDeclared(name, state) ? ("", names.name(of: name), envelope) : nil
            case .later(let name, let after):
                guard isDeclared(name, state), let delay = keeper.topology?.delay(nearest: after) else { return nil }
                return (names.delay(delay), names.name(of: name), envelope)
            }
        }
    }

    private func isDeclared(_ queue: QualifiedName, _ state: borrowing State) -> Bool {
        state.topology.queue(queue) != nil || state.topology.subscriptions.contains { $0.queue == queue }
    }

    public func depth(of queue: QualifiedName) async -> Int? {
        let name = names.name(of: queue)
        return try? await controlLink.run(until: settings.deadline) { session throws(BrokerFault) in
            try session.openChannel(1)
            let count = try session.declareQueue(name, on: 1, isPassive: true)
            try session.closeChannel(1)
            return count
        }
    }
}
