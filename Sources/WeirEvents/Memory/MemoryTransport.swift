// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import WeirPolicy
public import WeirResilience

/// Carries events in the memory of the process, by the rules of a broker: routing, limits, waits, dead letters, returns, prefetch and
/// redelivery.
///
/// What it holds is gone with the process, so it is for tests and for services that run alone. It outlives the buses that use it:
/// a bus that is gone without a word leaves everything to the next.
public final class MemoryTransport: EventTransport {
    /// The most messages that wait for their time at once; more are refused.
    public static let mostDelayed = 100_000
    /// How many messages expire in one go.
    private static let expiryBatch = 256

    struct Layout: Sendable {
        var topology = EventTopology.empty
        var queues: [QualifiedName: QueueBox] = [:]
        var exchanges: [QualifiedName: ExchangeBox] = [:]
    }

    let clock: EngineClock
    private let layout = Guarded(Layout())
    private let faults: Guarded<MemoryFaults?>
    /// Whether there are any, so that those who publish and those who acknowledge do not meet at a lock for nothing.
    private let hasFaults: Atomic<Bool>
    private let delayed = Atomic<Int>(0)

    /// A transport without any queues.
    public init(clock: EngineClock = .system, faults: MemoryFaults? = nil) {
        self.clock = clock
        self.faults = Guarded(faults)
        hasFaults = Atomic(faults != nil)
    }

    /// Changes the troubles it makes; nil: none.
    public func setFaults(_ new: MemoryFaults?) {
        faults.withLock { $0 = new }
        hasFaults.store(new != nil, ordering: .sequentiallyConsistent)
    }

    private var presentFaults: MemoryFaults? {
        hasFaults.load(ordering: .sequentiallyConsistent) ? faults.withLock { $0 } : nil
    }

    /// Loses the connection of all consumers: what was handed out and not acknowledged is handed out again.
    public func interrupt() {
        for box in layout.withLock({ Array($0.queues.values) }) {
            bury(box.interrupt(canBury: hasGrave(box)), from: box, because: .deliveryLimit)
        }
    }

    /// What a queue holds; nil where there is none of the name.
    public func status(of queue: QualifiedName) -> MemoryQueueStatus? { box(queue)?.status }

    /// The messages that wait in a queue, the first first, without taking them.
    public func messages(in queue: QualifiedName, most: Int = 100) -> [EventMessage] {
        box(queue)?.messages(most: most) ?? []
    }

    /// How many messages wait for their time.
    public var delayedMessages: Int { delayed.load(ordering: .relaxed) }

    /// Whether an acknowledgement that is on its way gets lost.
    var losesAcknowledgement: Bool {
        guard let faults = presentFaults else { return false }
        return faults.hits(faults.lostAcknowledgements)
    }

    func box(_ name: QualifiedName) -> QueueBox? { layout.withLock { $0.queues[name] } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MemoryTransport {
    public func declare(_ topology: EventTopology) async throws {
        let plan = TopologyPlan(from: layout.withLock { $0.topology }, to: topology)
        guard plan.incompatible.isEmpty else { throw TopologyError(plan) }
        let router = EventRouter(topology)
        let single = Set(topology.subscriptions.filter { $0.order != .none }.map(\.queue))
        let undeclared = Set(topology.subscriptions.map(\.queue)).filter { topology.queue($0) == nil }
        let nodes = topology.queues + undeclared.sorted().map { QueueNode(name: $0) }
        layout.withLock { layout in
            for node in nodes {
                let box = layout.queues[node.name] ?? QueueBox(node, clock: clock)
                box.configure(node, isSingle: single.contains(node.name))
                box.onExpiry.withLock { hook in
                    hook = { [weak self, weak box] time in box.map { self?.expire($0, at: time) } }
                }
                layout.queues[node.name] = box
            }
            layout.topology = topology
            let queues = layout.queues
            layout.exchanges = Dictionary(
                topology.exchanges.map { ($0.name, ExchangeBox($0.name, router, queues)) }
            ) { first, _ in first }
        }
    }

    public func publish(
        _ message: EventMessage, to destination: EventDestination, until deadline: UInt64
    ) async -> PublishOutcome {
        guard let faults = presentFaults else { return put(message, destination) }
        if faults.hits(faults.lostPublishes) { return .unknown("the connection was lost") }
        if faults.hits(faults.refusals) { return .nacked("the broker refused it") }
        let outcome = put(message, destination)
        return faults.hits(faults.lostConfirms) ? .unknown("the connection was lost") : outcome
    }

    public func consume(
        _ queue: QualifiedName, prefetch: Int, onSignal: @escaping @Sendable (ConsumerSignal) -> Void
    ) async throws -> any EventConsumer {
        guard let box = box(queue) else { throw TransportError(.unknownQueue, "there is no queue `\(queue)`") }
        return MemoryConsumer(of: box, in: self, number: box.add(prefetch: prefetch, onSignal))
    }

    public func depth(of queue: QualifiedName) async -> Int? { box(queue)?.status.ready }
}

extension MemoryTransport {
    private func put(_ message: EventMessage, _ destination: EventDestination) -> PublishOutcome {
        switch destination {
        case .exchange(let exchange, let key): return route(message, key, through: exchange)
        case .queue(let name):
            guard let box = box(name) else { return .returned }
            return box.offer(message) ? .confirmed : .nacked("the queue `\(name)` is full")
        case .later(let name, let after):
            guard let box = box(name) else { return .returned }
            guard delayed.wrappingAdd(1, ordering: .relaxed).newValue <= Self.mostDelayed else {
                delayed.wrappingSubtract(1, ordering: .relaxed)
                return .nacked("\(Self.mostDelayed) messages wait for their time")
            }
            let (time, isNever) = clock.now.addingReportingOverflow(after)
            deliver(message, to: box, at: isNever ? .max : time)
            return .confirmed
        }
    }

    private func route(_ message: EventMessage, _ key: String, through exchange: QualifiedName) -> PublishOutcome {
        guard let exchange = layout.withLock({ $0.exchanges[exchange] }) else { return .returned }
        let boxes = exchange.queues(of: key)
        guard !boxes.isEmpty else { return .returned }
        var refused: QualifiedName?
        for box in boxes where !box.offer(message) { refused = box.name }
        return refused.map { .nacked("the queue `\($0)` is full") } ?? .confirmed
    }

    /// Puts a message into its queue when its time has come, and again a little later where that is full.
    private func deliver(_ message: EventMessage, to box: QueueBox, at time: UInt64) {
        _ = EngineTimer(at: time, on: clock) { [self] in
            if box.offer(message) {
                delayed.wrappingSubtract(1, ordering: .relaxed)
            } else {
                deliver(message, to: box, at: clock.now.advanced(by: .seconds(1)))
            }
        }
    }

    // MARK: Dead letters

    func hasGrave(_ box: QueueBox, for weight: Int = 0) -> Bool {
        guard let name = box.deadLetter, let grave = self.box(name) else { return true }
        return grave.hasRoom(for: weight)
    }

    func bury(_ messages: [EventMessage], from box: QueueBox, because reason: RedeliverySchedule.Reason) {
        guard !messages.isEmpty else { return }
        let grave = box.deadLetter.flatMap { self.box($0) }
        for message in messages {
            var trail = message.trail
            trail.reason = reason
            // The room was there a moment ago; where it went meanwhile, the message goes back rather than nowhere.
            if grave?.offer(message.with(trail)) != true, grave == nil || !box.offer(message) { box.lost(1) }
        }
    }

    private func expire(_ box: QueueBox, at time: UInt64) {
        _ = EngineTimer(at: time, on: clock) { [weak self, weak box] in
            if let box { self?.expireNow(box) }
        }
    }

    /// Takes out what has waited for too long, and arranges for the next look.
    func expireNow(_ box: QueueBox) {
        let (expired, next) = box.expire(most: Self.expiryBatch) { hasGrave(box, for: $0) }
        bury(expired, from: box, because: .expired)
        if let next { expire(box, at: next) }
    }
}

/// Why a transport did not do what it was asked.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `unknown-queue`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no queue of the name.
        public static let unknownQueue = Code(rawValue: "unknown-queue")
        /// The broker cannot be reached, or did not answer in time.
        public static let unreachable = Code(rawValue: "unreachable")
        /// The broker refuses who asks, or what is asked.
        public static let refused = Code(rawValue: "refused")
        /// The transport was closed.
        public static let closed = Code(rawValue: "closed")
    }

    /// Why.
    public let code: Code
    /// What is wrong, as one clause.
    public let message: String

    /// An error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(message) [\(code.rawValue)]" }
}
