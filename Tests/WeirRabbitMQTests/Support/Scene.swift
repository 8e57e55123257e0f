// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy
import WeirRabbitMQ
import WeirResilience

/// One exchange, one queue bound to it, its dead letters.
enum Scene {
    static func name(_ text: String) -> QualifiedName { QualifiedName(package: "shop", name: text) }
    static let orders = name("orders")
    static let work = name("work")
    static let dead = name("dead")

    static func topology(_ queue: QueueNode = QueueNode(name: work, deadLetter: dead)) -> EventTopology {
        EventTopology(
            exchanges: [ExchangeNode(name: orders)], queues: [queue, QueueNode(name: dead)],
            subscriptions: [
                SubscriptionNode(
                    name: name("billing"), sources: [.init(exchange: orders, patterns: ["order.*"])], queue: queue.name,
                    deliveries: [.init(operation: name("billing.charge"))])
            ])
    }

    static func message(_ number: Int, bytes: Int = 0) -> EventMessage {
        EventMessage(
            Event(
                "order.placed",
                data: .json(["number": .integer(Int64(number)), "rest": .string(String(repeating: "x", count: bytes))]),
                id: "\(number)", source: "/shop"))
    }
}

extension RabbitMQTransport {
    func publish(_ number: Int, bytes: Int = 0, seconds: UInt64 = 5) async -> PublishOutcome {
        await publish(
            Scene.message(number, bytes: bytes), to: .exchange(Scene.orders, key: "order.placed"),
            until: EngineClock.system.now + seconds * 1_000_000_000)
    }

    /// Consumes and acknowledges until so many different messages have come, or none for a while; their ids.
    func drain(_ queue: QualifiedName = Scene.work, until count: Int, seconds: Int = 30) async throws -> Set<String> {
        let consumer = try await consume(queue, prefetch: 200) { _ in }
        var ids: Set<String> = []
        await Wait.until(seconds: seconds) {
            while let delivery = consumer.next() {
                ids.insert(delivery.message.event?.id ?? "?")
                consumer.acknowledge(delivery.tag)
            }
            return ids.count >= count
        }
        await consumer.close()
        return ids
    }
}
