// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

extension TransportCase {
    static let consuming: [TransportCase] = [
        TransportCase("messages come in the order in which they were published") { bench in
            try await bench.transport.declare(Names.topology())
            for number in 0..<50 { _ = await bench.publish("order.placed", number) }
            let ids = await bench.ids(try await bench.consume(Names.work), most: 50)
            try expect(ids, (0..<50).map(String.init), "the order")
        },
        TransportCase("no more are handed out than the prefetch, until some are acknowledged") { bench in
            try await bench.transport.declare(Names.topology())
            for number in 0..<5 { _ = await bench.publish("order.placed", number) }
            let consumer = try await bench.consume(Names.work, prefetch: 2)
            let first = await bench.next(consumer)
            _ = await bench.next(consumer)
            try expect(await bench.next(consumer) == nil, "a third is handed out")
            consumer.acknowledge(first?.tag ?? 0)
            try expect(await bench.next(consumer)?.message.event?.id, "2", "the next")
            consumer.setPrefetch(3)
            try expect(await bench.next(consumer)?.message.event?.id, "3", "one more")
        },
        TransportCase("what is acknowledged is gone, what is not comes again and says so") { bench in
            try await bench.transport.declare(Names.topology())
            for number in 0..<3 { _ = await bench.publish("order.placed", number) }
            let consumer = try await bench.consume(Names.work)
            for number in 0..<3 {
                let delivery = await bench.next(consumer)
                if number == 1, let delivery { consumer.acknowledge(delivery.tag) }
            }
            await consumer.close()
            let again = try await bench.consume(Names.work)
            let first = await bench.next(again)
            try expect(first?.message.event?.id, "0", "the first")
            try expect(first?.isRedelivered, true, "whether it says so")
            // A transport may hold the rest back until the first is through.
            again.acknowledge(first?.tag ?? 0)
            try expect(await bench.ids(again, most: 2), ["2"], "the rest")
        },
        TransportCase("what is given back comes again before what is behind it") { bench in
            try await bench.transport.declare(Names.topology())
            for number in 0..<3 { _ = await bench.publish("order.placed", number) }
            let consumer = try await bench.consume(Names.work, prefetch: 1)
            let delivery = await bench.next(consumer)
            consumer.reject(delivery?.tag ?? 0, requeue: true)
            let again = await bench.next(consumer)
            try expect(again?.message.event?.id, "0", "the first")
            try expect(again?.isRedelivered, true, "whether it says so")
        },
        TransportCase("with a limit of N a message is handed out N + 1 times and then dead-lettered") { bench in
            try await bench.transport.declare(
                Names.topology(QueueNode(name: Names.work, deliveries: 2, deadLetter: Names.dead)))
            _ = await bench.publish("order.placed", 1)
            let consumer = try await bench.consume(Names.work)
            for _ in 0..<3 {
                guard let delivery = await bench.next(consumer) else {
                    throw ConformanceFailure(description: "it is not handed out three times")
                }
                consumer.reject(delivery.tag, requeue: true)
            }
            try expect(await bench.next(consumer) == nil, "it is handed out a fourth time")
            try expect(await bench.ids(try await bench.consume(Names.dead), most: 2), ["1"], "the dead letters")
        },
        TransportCase("what is refused for good goes to the dead letters") { bench in
            try await bench.transport.declare(Names.topology())
            _ = await bench.publish("order.placed", 1)
            let consumer = try await bench.consume(Names.work)
            let delivery = await bench.next(consumer)
            consumer.reject(delivery?.tag ?? 0, requeue: false)
            try expect(await bench.ids(try await bench.consume(Names.dead), most: 2), ["1"], "the dead letters")
            try expect(await bench.transport.depth(of: Names.work), 0, "what waits")
        },
        TransportCase("what waits for too long goes to the dead letters") { bench in
            try await bench.transport.declare(
                Names.topology(QueueNode(name: Names.work, expireAfter: .seconds(1), deadLetter: Names.dead)))
            _ = await bench.publish("order.placed", 1)
            await bench.pass(.milliseconds(1200))
            try expect(await bench.ids(try await bench.consume(Names.dead), most: 2), ["1"], "the dead letters")
            try expect(await bench.ids(try await bench.consume(Names.work), most: 1), [], "the queue")
        },
        TransportCase("in order, one consumer gets everything, and the next when it is gone") { bench in
            try await bench.transport.declare(Names.topology(order: .strict))
            for number in 0..<4 { _ = await bench.publish("order.placed", number) }
            let first = try await bench.consume(Names.work, prefetch: 1)
            let second = try await bench.consume(Names.work, prefetch: 1)
            let delivery = await bench.next(first)
            try expect(await bench.next(second) == nil, "the second gets something at the same time")
            first.acknowledge(delivery?.tag ?? 0)
            _ = await bench.next(first)
            await first.close()
            try expect(await bench.next(second)?.message.event?.id, "1", "what the second gets")
        },
        TransportCase("after a lost connection everything comes again, and old tags mean nothing") { bench in
            try await bench.transport.declare(Names.topology())
            for number in 0..<3 { _ = await bench.publish("order.placed", number) }
            let consumer = try await bench.consume(Names.work)
            let old = await bench.next(consumer)
            _ = await bench.next(consumer)
            await bench.interrupt()
            consumer.acknowledge(old?.tag ?? 0)
            try expect(await bench.ids(consumer, most: 4), ["0", "1", "2"], "what comes")
        },
        TransportCase("a consumer that stops gets nothing more, and can still acknowledge") { bench in
            try await bench.transport.declare(Names.topology())
            for number in 0..<2 { _ = await bench.publish("order.placed", number) }
            let consumer = try await bench.consume(Names.work, prefetch: 1)
            let delivery = await bench.next(consumer)
            await consumer.stop()
            consumer.acknowledge(delivery?.tag ?? 0)
            try expect(await bench.next(consumer) == nil, "it gets another")
            await consumer.close()
            try expect(await bench.ids(try await bench.consume(Names.work), most: 2), ["1"], "what is left")
        },
    ]

    static let topology: [TransportCase] = [
        TransportCase("bindings change while messages wait") { bench in
            try await bench.transport.declare(Names.topology(patterns: ["order.*"]))
            _ = await bench.publish("order.placed", 1)
            try await bench.transport.declare(Names.topology(patterns: ["refund.*"]))
            try expect(await bench.publish("order.placed", 2), .returned, "an unbound type")
            try expect(await bench.publish("refund.made", 3), .confirmed, "a type that is bound now")
            try expect(await bench.ids(try await bench.consume(Names.work), most: 3), ["1", "3"], "the queue")
        },
        TransportCase("what exists in another way is refused with the plan, and nothing changes") { bench in
            try await bench.transport.declare(Names.topology())
            do {
                try await bench.transport.declare(
                    Names.topology(QueueNode(name: Names.work, kind: .classic), patterns: ["refund.*"]))
                throw ConformanceFailure(description: "it is not refused")
            } catch let error as TopologyError {
                try expect(error.plan.incompatible.count, 1, "what cannot be done")
            }
            try expect(await bench.publish("order.placed"), .confirmed, "the old binding")
            try expect(await bench.publish("refund.made"), .returned, "the new binding")
        },
        TransportCase("declaring the same again changes nothing") { bench in
            for _ in 0..<2 { try await bench.transport.declare(Names.topology()) }
            try expect(await bench.publish("order.placed", 4), .confirmed, "the outcome")
            try await bench.transport.declare(Names.topology())
            try expect(await bench.transport.depth(of: Names.work), 1, "what waits")
        },
    ]
}
