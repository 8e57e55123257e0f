// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirPolicy
import WeirResilience

@testable import WeirRabbitMQ

/// A broker that dies, loses a queue, or takes nothing: what was confirmed is there, and everybody goes on by himself.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BrokerFaultTests {
    private static let broker = TestBroker.victim

    /// Declares, and waits: RabbitMQ 3.10 writes the list of its quorum queues to the disk half a second later, and after a crash
    /// before that it has forgotten what it confirmed.
    private func declareForGood(_ rabbit: RabbitMQTransport) async throws {
        try await rabbit.declare(Scene.topology())
        await Wait.milliseconds(2000)
    }

    @Test func `what was confirmed is there after the broker was killed, and what was in flight gets through`()
        async throws
    {
        let heard = Heard()
        let rabbit = try await Self.broker.transport { $0.onEvent = heard.listener }
        defer { rabbit.close() }
        try await declareForGood(rabbit)
        let confirmed = Numbers()
        let ends = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for publisher in 0..<8 {
                group.addTask {
                    var number = publisher * 100_000
                    while ends.value == 0 {
                        // A single call outlives the broker: the message is sent again on the next connection.
                        let outcome = await rabbit.publish(number, seconds: 90)
                        #expect(outcome == .confirmed)
                        confirmed.add(number)
                        number += 1
                    }
                }
            }
            await Wait.until { confirmed.all.count > 300 }
            try await Self.broker.killAndRestart { await Wait.milliseconds(300) }
            let before = confirmed.all.count
            await Wait.until(seconds: 60) { confirmed.all.count > before + 100 }
            ends.add()
            try await group.waitForAll()
        }
        let wanted = confirmed.all
        #expect(wanted.count > 400)
        let found = try await rabbit.drain(until: wanted.count)
        #expect(found.isSuperset(of: wanted), "\(wanted.subtracting(found).count) are lost")
        #expect(heard.all.contains { $0.name == .disconnected && $0.connection == "publish" })
        #expect(heard.all.count { $0.name == .connected && $0.connection == "publish" } >= 2)
    }

    @Test func `a consumer goes on after the broker was killed`() async throws {
        let heard = Heard()
        let rabbit = try await Self.broker.transport { $0.onEvent = heard.listener }
        defer { rabbit.close() }
        try await declareForGood(rabbit)
        for number in 0..<20 { #expect(await rabbit.publish(number) == .confirmed) }
        let lost = Count()
        let consumer = try await rabbit.consume(Scene.work, prefetch: 5) { signal in
            if signal == .lost { lost.add() }
        }
        var old: UInt64?
        await Wait.until {
            old = consumer.next()?.tag
            return old != nil
        }
        try await Self.broker.killAndRestart()
        await Wait.until { lost.value > 0 }
        consumer.acknowledge(old ?? 0)
        var ids: Set<String> = []
        await Wait.until(seconds: 60) {
            while let delivery = consumer.next() {
                ids.insert(delivery.message.event?.id ?? "?")
                consumer.acknowledge(delivery.tag)
            }
            return ids.count == 20
        }
        #expect(ids.count == 20, "\(heard.all)")
        await consumer.close()
    }

    @Test func `a queue that is deleted under its consumer comes back, and its consumer with it`() async throws {
        let heard = Heard()
        let rabbit = try await Self.broker.transport { $0.onEvent = heard.listener }
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        let consumer = try await rabbit.consume(Scene.work, prefetch: 5) { _ in }
        let queue = rabbit.names.name(of: Scene.work)
        try await Self.broker.control("delete_queue \(queue)")
        let ended = await heard.first(.consumerEnded)
        #expect(ended?.queue == queue)
        // Until it is back nothing is bound, and the publisher is told so.
        #expect(await Wait.until { await rabbit.publish(1) == .confirmed })
        var delivery: EventDelivery?
        await Wait.until {
            delivery = consumer.next()
            return delivery != nil
        }
        #expect(delivery?.message.event?.id == "1")
        await consumer.close()
    }

    @Test func `an exchange that somebody deleted comes back with the next message`() async throws {
        let rabbit = try await Self.broker.transport()
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        #expect(await rabbit.publish(1) == .confirmed)
        let exchange = rabbit.names.name(of: Scene.orders)
        try await Self.broker.control(
            "eval 'rabbit_exchange:delete(rabbit_misc:r(<<\"/\">>, exchange, <<\"\(exchange)\">>), false, <<\"t\">>).'")
        #expect(await rabbit.publish(2) == .confirmed)
        #expect(try await rabbit.drain(until: 2) == ["1", "2"])
    }

    @Test func `while the broker is short of memory publishers wait and consumers go on`() async throws {
        let heard = Heard()
        let rabbit = try await Self.broker.transport { $0.onEvent = heard.listener }
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        #expect(await rabbit.publish(1) == .confirmed)
        try await Self.broker.control("set_vm_memory_high_watermark absolute 1MB")
        // The broker says that it is blocked after the first message that it does not take.
        let outcome = await rabbit.publish(2, seconds: 2)
        guard case .unknown(let reason) = outcome else {
            Issue.record("\(outcome) while it is blocked")
            return
        }
        #expect(await heard.first(.blocked) != nil)
        #expect(reason.contains("memory") || reason.contains("in time"), "\(reason)")
        guard case .unknown(let words) = await rabbit.publish(3, seconds: 1) else {
            Issue.record("it takes another")
            return
        }
        #expect(words.contains("the broker takes nothing"), "\(words)")
        #expect(try await rabbit.drain(until: 1) == ["1"])
        async let waiting = rabbit.publish(4, seconds: 60)
        try await Self.broker.control("set_vm_memory_high_watermark 0.6")
        #expect(await waiting == .confirmed)
        #expect(await heard.first(.unblocked) != nil)
    }
}
