// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirPolicy
import WeirResilience

/// Drives one subscription's machine: takes messages from its consumer, runs handlers side by side, and lets go of each message once
/// its outcome is durable.
///
/// A supervisor starts workers as long as there is more to do than they take; a worker goes on until there is nothing.
final class SubscriptionRunner: Sendable {
    /// A subscription as one plan has it, and its handlers; what came under it is handled under it.
    final class Route: Sendable {
        let plan: EventPlan
        let subscription: EventPlan.Subscription
        /// The handler of each `deliver`.
        let handlers: [EventHandler?]

        init(_ plan: EventPlan, _ subscription: EventPlan.Subscription, _ handlers: [QualifiedName: EventHandler]) {
            self.plan = plan
            self.subscription = subscription
            self.handlers = subscription.operations.map { handlers[$0] }
        }
    }

    /// What the machine keeps of a message.
    struct Admitted: Sendable {
        let message: EventMessage
        let isRedelivered: Bool
        let fate: Fate
        let route: Route
    }

    /// What is to become of a message before any handler sees it.
    enum Fate: Sendable {
        /// It goes to the `deliver` of this place.
        case delivery(Int)
        case filteredOut
        case deadLetter(RedeliverySchedule.Reason)
    }

    typealias Held = HeldEvent<Admitted>

    private struct State {
        var machine: SubscriptionMachine<Admitted>
        var route: Route
        var consumer: (any EventConsumer)?
        /// What the supervisor waits for.
        var parked: Signal?
        var isStopping = false
        /// Tags of deliveries that were lost with their connection while their handlers ran.
        var lost: Set<UInt64> = []
    }

    // Safe: a runner works only while its bus serves, which keeps the bus.
    unowned(unsafe) let bus: EventBus
    let name: QualifiedName
    private let isParked = Atomic<Bool>(false)
    private let spin = SpinLock()
    // Safe: read and written only while `spin` is held.
    private nonisolated(unsafe) var state: State

    init(
        _ bus: EventBus, _ plan: EventPlan, _ subscription: EventPlan.Subscription,
        _ handlers: [QualifiedName: EventHandler]
    ) {
        self.bus = bus
        name = subscription.node.name
        state = State(
            machine: SubscriptionMachine(subscription.rules), route: Route(plan, subscription, handlers))
    }

    var subscription: EventPlan.Subscription { spin.withLock { state.route.subscription } }

    // MARK: Its life

    /// Starts to consume.
    func open() async throws {
        let node = subscription.node
        let consumer = try await bus.transport.consume(node.queue, prefetch: node.prefetch) { [weak self] signal in
            self?.hear(signal)
        }
        spin.withLock { state.consumer = consumer }
    }

    /// Runs handlers until it is stopped and all of them have ended.
    func run() async {
        await withDiscardingTaskGroup { group in
            while let parked = supervise({ held in group.addTask { await self.work(held) } }) {
                _ = await parked.signal.wait(until: parked.until, on: bus.clock)
                isParked.store(false, ordering: .relaxed)
                if Task.isCancelled { break }
            }
        }
    }

    /// Takes no more events. Those that nobody handles yet go back, unless they are in order: then they go back together when the
    /// consumer is closed, so that nothing overtakes.
    func stop() async {
        let consumer = spin.withLock {
            state.isStopping = true
            return state.consumer
        }
        await consumer?.stop()
        if subscription.node.order == .none {
            for held in spin.withLock({ state.machine.release() }) { consumer?.reject(held.number, requeue: true) }
        }
        wake()
    }

    /// Ends the consumer; what is not acknowledged goes back.
    func close() async {
        let consumer = spin.withLock { state.consumer.take() }
        await consumer?.close()
    }

    /// Takes over a new plan: filters, prefetch, concurrency, order and redelivery hold for what comes from now on.
    func configure(_ plan: EventPlan, _ handlers: [QualifiedName: EventHandler]) {
        guard let subscription = plan.subscriptions[name] else { return }
        let route = Route(plan, subscription, handlers)
        let consumer = spin.withLock {
            state.route = route
            state.machine.rules = subscription.rules
            return state.consumer
        }
        consumer?.setPrefetch(subscription.node.prefetch)
        wake()
    }

    // MARK: Signals

    private func hear(_ signal: ConsumerSignal) {
        if signal == .lost {
            spin.withLock {
                _ = state.machine.release()
                state.lost.formUnion(state.machine.runningNumbers)
            }
        }
        // Whoever parks looks at the consumer once more after saying so, under the lock that the message was put in with.
        if isParked.load(ordering: .sequentiallyConsistent) { wake() }
    }

    func wake() { spin.withLock { state.parked.take() }?.give() }

    // MARK: Work

    /// Starts workers for all there is; then what to wait for, nil once it has been stopped.
    private func supervise(_ start: (Held) -> Void) -> (signal: Signal, until: UInt64)? {
        while true {
            isParked.store(true, ordering: .sequentiallyConsistent)
            let (held, parked) = spin.withLock { () -> (Held?, (signal: Signal, until: UInt64)?) in
                if state.isStopping { return (nil, nil) }
                let until: UInt64
                switch step() {
                case .handle(let held): return (held, nil)
                case .wait(let time): until = time
                case .idle:
                    until = .max
                    // While all places are taken, those who have them see what comes.
                    if state.machine.isSaturated { isParked.store(false, ordering: .relaxed) }
                }
                let signal = Signal()
                state.parked = signal
                return (nil, (signal, until))
            }
            guard let held else { return parked }
            start(held)
        }
    }

    /// How often a worker without work lets others run and looks again, before it ends: to be woken costs more than that.
    private static let lingers = 16

    private func work(_ first: Held) async {
        var next: Held? = first
        var lingered = 0
        while next != nil || lingered < Self.lingers {
            if let held = next {
                lingered = 0
                await handle(held)
            } else {
                lingered += 1
                await Task.yield()
            }
            next = nextHeld(lingered)
        }
    }

    /// The next event for a worker that has none; when it has to wait, the supervisor does.
    ///
    /// - Parameter lingered: how often it has looked in vain; while it goes on looking, nobody has to wake the supervisor.
    private func nextHeld(_ lingered: Int) -> Held? {
        let (held, parked) = spin.withLock { () -> (Held?, Signal?) in
            // Before it looks: what comes later than the look wakes the supervisor.
            if lingered > 0 { isParked.store(true, ordering: .sequentiallyConsistent) }
            if state.isStopping { return (nil, state.parked.take()) }
            switch step() {
            case .handle(let held): return (held, nil)
            case .wait: return (nil, state.parked.take())
            case .idle:
                if lingered < Self.lingers { isParked.store(false, ordering: .relaxed) }
                return (nil, nil)
            }
        }
        parked?.give()
        return held
    }

    /// What to do next; under the lock, so that order is kept.
    ///
    /// What is in hand comes first, then the consumer is emptied in one go: to look there for each event would meet its publisher
    /// at the queue's lock each time.
    private func step() -> SubscriptionMachine<Admitted>.Step {
        let first = state.machine.next(at: bus.clock.now)
        if case .handle = first { return first }
        guard let consumer = state.consumer else { return first }
        var hasMore = false
        while state.machine.room > 0, let delivery = consumer.next() {
            admit(delivery)
            hasMore = true
        }
        return hasMore ? state.machine.next(at: bus.clock.now) : first
    }

    private func admit(_ delivery: EventDelivery) {
        let (message, route) = (delivery.message, state.route)
        let subscription = route.subscription
        if message.unreadable != nil {
            let admitted = Admitted(
                message: message, isRedelivered: delivery.isRedelivered, fate: .deadLetter(.unreadable), route: route)
            state.machine.receive(HeldEvent(number: delivery.tag, payload: admitted))
            return
        }
        let view = EventView(message.readable, route.plan.shape(of: message))
        let admitted = Admitted(
            message: message, isRedelivered: delivery.isRedelivered,
            fate: Self.fate(of: message.readable, view, subscription), route: route)
        let isNew = message.trail.attempts == 0
        state.machine.receive(
            HeldEvent(
                number: delivery.tag, payload: admitted,
                onceKey: subscription.remembers ? subscription.node.onceKey(of: message.readable, view) : nil,
                orderKey: subscription.orderField.flatMap { view.field($0) }, attempts: message.trail.attempts,
                firstAttempt: isNew ? 0 : bus.engineTime(of: message.trail.firstAttempt), memory: message.trail.memory))
    }

    private static func fate(of event: Event, _ view: EventView, _ subscription: EventPlan.Subscription) -> Fate {
        if !event.extensions.isEmpty, event.hops > subscription.mostHops { return .deadLetter(.tooManyHops) }
        guard subscription.subscriber.takes(view) else { return .filteredOut }
        return subscription.subscriber.delivery(of: view).map { .delivery($0) } ?? .deadLetter(.unhandled)
    }

    // MARK: What becomes of events

    /// Asks the machine about an event that was handled.
    func finish(_ held: Held, _ outcome: CallOutcome) -> SubscriptionMachine<Admitted>.Verdict {
        // Most end here, and need no lock for it.
        let schedule = held.payload.route.subscription.rules.schedule
        if outcome.isSuccess, !schedule.isFailure(outcome) { return .done }
        let fraction = bus.configuration.random.nextFraction()
        return spin.withLock { state.machine.finish(held, outcome, at: bus.clock.now, fraction: fraction) }
    }

    func repeatInPlace(_ held: Held) -> Held? { spin.withLock { state.machine.repeatInPlace(held) } }

    func current(_ held: Held) -> Held? { spin.withLock { state.machine.event(held) } }

    /// Puts an event back that cannot be handled now.
    func putBack(_ held: Held, notBefore: UInt64) {
        spin.withLock {
            state.machine.putBack(held, notBefore: notBefore)
            dropIfLost(held)
        }
        wake()
    }

    /// Puts an event back and rests.
    func rest(_ held: Held, until: UInt64) {
        spin.withLock {
            state.machine.rest(held, until: until)
            dropIfLost(held)
        }
        wake()
    }

    /// What was lost with its connection comes again under another tag, so this one is let go of.
    private func dropIfLost(_ held: Held) {
        if state.lost.remove(held.number) != nil { state.machine.drop(held.number) }
    }

    /// Lets go of an event whose outcome is durable.
    func settle(_ held: Held, _ end: (any EventConsumer) -> Void) {
        let consumer = spin.withLock {
            state.machine.settle(held)
            if !state.lost.isEmpty, state.lost.remove(held.number) != nil { return nil as (any EventConsumer)? }
            return state.consumer
        }
        if let consumer { end(consumer) }
    }
}
