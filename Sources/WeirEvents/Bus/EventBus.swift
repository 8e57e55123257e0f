// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
import WeirResilience

/// Publishes events and hands them to their handlers as the policies say, over a transport.
///
/// ```swift
/// try bus.subscribe("billing") { event, context in … }
/// try await bus.publish(Event("order.placed", ["order-id": "o-1"]))
/// ```
///
/// Delivery is at least once: what was published comes until it is handled. With `once per` in the policy, what handlers write
/// through the store is written at most once for each event and subscription.
public final class EventBus: Sendable {
    struct Standing: Sendable {
        var plan: EventPlan
        var handlers = HandlerTable()
        var sagas = SagaTable()
        var keeper: SagaKeeper?
        var runners: [QualifiedName: SubscriptionRunner] = [:]
        var isServing = false
    }

    /// What carries the events.
    public let transport: any EventTransport
    let configuration: EventBusConfiguration
    let store: any EventStore
    let clock: EngineClock
    let standing: Guarded<Standing>
    let stop = Signal()
    /// What the outbox's relay waits for.
    let outboxFilled = Guarded<Signal?>(nil)

    /// A bus over a graph; whoever has a running `Weir` asks that for one, so that it takes part in reloads.
    /// - Throws: ``EventBusError`` when the configuration does not fit the policies.
    public convenience init(
        graph: PolicyGraph, transport: any EventTransport,
        configuration: EventBusConfiguration = EventBusConfiguration()
    ) throws(EventBusError) {
        let engine = Engine(clock: configuration.clock, random: configuration.random)
        let states = StateStore(engine: engine)
        var draft = states.draft(version: "events")
        let plan = try EventPlan.make(graph, configuration, in: &draft)
        states.commit(draft)
        self.init(plan, transport, configuration)
    }

    package init(_ plan: EventPlan, _ transport: any EventTransport, _ configuration: EventBusConfiguration) {
        self.transport = transport
        self.configuration = configuration
        store = configuration.store ?? MemoryStore()
        clock = configuration.clock
        standing = Guarded(Standing(plan: plan))
    }

    /// The policies in force.
    var plan: EventPlan { standing.withLock { $0.plan } }

    /// How many events wait in each declared queue, where the transport knows.
    public func depths() async -> [QualifiedName: Int] {
        var depths: [QualifiedName: Int] = [:]
        for queue in plan.topology.queues { depths[queue.name] = await transport.depth(of: queue.name) }
        return depths
    }

    // MARK: Handlers

    /// Says what handles the events of a subscription; before ``serve()``.
    ///
    /// - Parameters:
    ///   - subscription: its name, in full or the end of it.
    ///   - operation: one of the operations that it delivers to, likewise; nil: all of them.
    ///   - handler: handles one event; returning means that it is done.
    public func subscribe(
        _ subscription: String, delivering operation: String? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping EventHandler
    ) {
        standing.withLock {
            $0.handlers.add(
                HandlerTable.Registration(
                    subscription: subscription, operation: operation, handler: handler, place: "\(file):\(line)"))
        }
    }

    // MARK: Publishing

    /// Publishes an event and waits until every queue that gets it has it.
    ///
    /// - Parameter exchange: the exchange, in full or the end of its name; needed where several carry the type.
    /// - Returns: the event as it was published, with its id.
    /// - Throws: ``PublishError``; with `nacked` and `unknown` somebody may have got it, so publish it again with the same id.
    @discardableResult
    public func publish(_ event: Event, to exchange: String? = nil) async throws(PublishError) -> Event {
        var ready = event
        let type = try complete(&ready, because: EventContext.current?.message.readable)
        try await send(ready, try self.exchange(for: ready, exchange, of: type), of: type)
        return ready
    }

    /// Publishes a complete event through the window of its exchange.
    func send(
        _ event: Event, _ exchange: EventPlan.Exchange, of type: EventPlan.EventType? = nil
    ) async throws(PublishError) {
        let message = EventMessage(event, of: type)
        let deadline = clock.now.advanced(by: exchange.settings.timeout)
        let window = exchange.window
        guard await window.enter(message.weight, until: deadline, on: clock) else {
            throw failed(.windowFull, event, "\(window.load.messages) are in flight, and none was confirmed in time")
        }
        defer { window.leave(message.weight) }
        switch await outcome(of: message, exchange.name, event.type, until: deadline) {
        case .confirmed: note(.published, event)
        case .nacked(let reason): throw failed(.nacked, event, reason)
        case .unknown(let reason): throw failed(.unknown, event, reason)
        case .returned:
            throw failed(.returned, event, "no queue is bound for it at the exchange `\(exchange.name)`")
        }
    }

    /// Publishes, and again under the same id as long as nobody can tell and there is time.
    private func outcome(
        of message: EventMessage, _ exchange: QualifiedName, _ key: String, until deadline: UInt64
    ) async -> PublishOutcome {
        var pause: Duration = .milliseconds(20)
        while true {
            let outcome = await transport.publish(message, to: .exchange(exchange, key: key), until: deadline)
            guard case .unknown = outcome else { return outcome }
            let next = clock.now.advanced(by: pause)
            guard next < deadline, await clock.wait(until: next) else { return outcome }
            pause = min(pause * 2, .seconds(1))
        }
    }

    private func failed(_ code: PublishError.Code, _ event: Event, _ message: String) -> PublishError {
        note(.publishFailed, event, reason: code.rawValue)
        return PublishError(code, event, message)
    }

    func note(_ name: BusEvent.Name, _ event: Event, reason: String? = nil) {
        guard let observer = configuration.observer else { return }
        observer.record(
            BusEvent(
                name: name, type: event.type, source: event.source, id: event.id, subscription: nil, operation: nil,
                attempt: 0, reason: reason, error: nil, nanoseconds: 0))
    }
}
