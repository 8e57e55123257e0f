// SPDX-License-Identifier: Apache-2.0

public import WeirEvents
import WeirPolicy

/// A transport under test, and how time passes for it.
public protocol TransportBench: Sendable {
    /// The transport; each case gets a bench of its own.
    var transport: any EventTransport { get }
    /// What time it is for deadlines.
    var now: UInt64 { get }
    /// Lets time pass.
    func pass(_ duration: Duration) async
    /// Loses the connection of the consumers.
    func interrupt() async
}

/// What a transport did not keep to.
public struct ConformanceFailure: Error, CustomStringConvertible {
    /// What was expected.
    public let description: String
}

/// Fails a case unless the condition holds.
func expect(_ condition: Bool, _ words: @autoclosure () -> String) throws {
    if !condition { throw ConformanceFailure(description: words()) }
}

/// Fails a case unless both are equal.
func expect<Value: Equatable>(_ found: Value, _ wanted: Value, _ words: @autoclosure () -> String) throws {
    if found != wanted { throw ConformanceFailure(description: "\(words()): found \(found), not \(wanted)") }
}

/// One thing that every transport does.
public struct TransportCase: Sendable, CustomStringConvertible {
    /// The rule, as a sentence.
    public let description: String
    /// Throws a ``ConformanceFailure`` where the transport does not keep to it.
    public let run: @Sendable (any TransportBench) async throws -> Void

    init(_ rule: String, _ run: @escaping @Sendable (any TransportBench) async throws -> Void) {
        description = rule
        self.run = run
    }
}

extension TransportBench {
    /// Publishes to the exchange of the cases.
    func publish(_ type: String, _ number: Int = 0, to exchange: QualifiedName = Names.orders) async -> PublishOutcome {
        let event = Event(type, data: .json(["number": .integer(Int64(number))]), id: "\(number)", source: "/bench")
        return await publish(EventMessage(event), to: .exchange(exchange, key: type))
    }

    func publish(_ message: EventMessage, to destination: EventDestination) async -> PublishOutcome {
        await transport.publish(message, to: destination, until: now + 5_000_000_000)
    }

    func consume(_ queue: QualifiedName, prefetch: Int = 100) async throws -> any EventConsumer {
        try await transport.consume(queue, prefetch: prefetch) { _ in }
    }

    /// The next message within a while; nil where none comes.
    func next(_ consumer: any EventConsumer) async -> EventDelivery? {
        for _ in 0..<50 {
            if let delivery = consumer.next() { return delivery }
            await pass(.milliseconds(10))
        }
        return nil
    }

    /// The ids of all messages that come within a while, unacknowledged.
    func ids(_ consumer: any EventConsumer, most: Int) async -> [String] {
        var ids: [String] = []
        while ids.count < most, let delivery = await next(consumer) { ids.append(delivery.message.event?.id ?? "?") }
        return ids
    }
}

/// The names of the cases.
enum Names {
    static func name(_ text: String) -> QualifiedName { QualifiedName(package: "bench", name: text) }
    static let orders = name("orders")
    static let work = name("work")
    static let other = name("other")
    static let dead = name("dead")

    /// One exchange, one queue with its dead letters, bound by `order.*`.
    static func topology(
        _ queue: QueueNode = QueueNode(name: work, deadLetter: dead), patterns: [String] = ["order.*"],
        order: SubscriptionNode.Order = .none, unrouted: ExchangeNode.Unrouted = .undeclared, more: [QueueNode] = [],
        subscriptions: [SubscriptionNode] = []
    ) -> EventTopology {
        EventTopology(
            exchanges: [ExchangeNode(name: orders, unrouted: unrouted)], queues: [queue, QueueNode(name: dead)] + more,
            subscriptions: [subscription("first", queue.name, patterns, order)] + subscriptions)
    }

    static func subscription(
        _ text: String, _ queue: QualifiedName, _ patterns: [String], _ order: SubscriptionNode.Order = .none
    ) -> SubscriptionNode {
        SubscriptionNode(
            name: name(text), sources: [.init(exchange: orders, patterns: patterns)], queue: queue,
            deliveries: [.init(operation: name("\(text).handle"))], order: order)
    }
}
