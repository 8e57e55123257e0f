// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

extension TransportCase {
    /// Everything that a transport has to do.
    public static let all = publishing + consuming + topology

    static let publishing: [TransportCase] = [
        TransportCase("what is confirmed is in the queue as it was published") { bench in
            try await bench.transport.declare(Names.topology())
            let event = Event(
                "order.placed", data: .json(["total": 2.5, "note": .null]), subject: "o-1", id: "e-1", source: "/shop",
                time: Timestamp("2026-03-01T09:00:00.25Z"), extensions: ["correlationid": "c-1"])
            let outcome = await bench.publish(EventMessage(event), to: .exchange(Names.orders, key: event.type))
            try expect(outcome, .confirmed, "the outcome")
            let delivery = await bench.next(try await bench.consume(Names.work))
            try expect(delivery?.message.event, event, "the event")
            try expect(delivery?.isRedelivered, false, "whether it is redelivered")
        },
        TransportCase("a queue gets one copy, however many of its bindings match") { bench in
            try await bench.transport.declare(Names.topology(patterns: ["order.*", "order.placed", "#"]))
            try expect(await bench.publish("order.placed", 1), .confirmed, "the outcome")
            try expect(await bench.ids(try await bench.consume(Names.work), most: 2), ["1"], "the copies")
        },
        TransportCase("every queue that is bound gets a copy") { bench in
            try await bench.transport.declare(
                Names.topology(
                    more: [QueueNode(name: Names.other)],
                    subscriptions: [Names.subscription("second", Names.other, ["order.placed"])]))
            try expect(await bench.publish("order.placed", 1), .confirmed, "the outcome")
            try expect(await bench.ids(try await bench.consume(Names.work), most: 2), ["1"], "the first queue")
            try expect(await bench.ids(try await bench.consume(Names.other), most: 2), ["1"], "the second queue")
        },
        TransportCase("what no queue is bound for comes back") { bench in
            try await bench.transport.declare(Names.topology())
            try expect(await bench.publish("refund.made"), .returned, "the outcome")
            try expect(await bench.publish("order.placed", to: Names.name("nowhere")), .returned, "no such exchange")
        },
        TransportCase("what no queue is bound for goes where the exchange says") { bench in
            try await bench.transport.declare(
                Names.topology(unrouted: .queue(Names.other), more: [QueueNode(name: Names.other)]))
            try expect(await bench.publish("refund.made", 7), .confirmed, "the outcome")
            try expect(await bench.ids(try await bench.consume(Names.other), most: 2), ["7"], "the queue")
        },
        TransportCase("a full queue refuses, and the others keep what they got") { bench in
            let full = QueueNode(name: Names.work, mostMessages: 2, deadLetter: Names.dead)
            try await bench.transport.declare(
                Names.topology(
                    full, more: [QueueNode(name: Names.other)],
                    subscriptions: [Names.subscription("second", Names.other, ["order.placed"])]))
            for number in 1...2 { try expect(await bench.publish("order.placed", number), .confirmed, "the outcome") }
            guard case .nacked = await bench.publish("order.placed", 3) else {
                throw ConformanceFailure(description: "the third is not refused")
            }
            try expect(await bench.ids(try await bench.consume(Names.other), most: 4), ["1", "2", "3"], "the other")
        },
        TransportCase("a queue is full by its bytes too") { bench in
            let full = QueueNode(name: Names.work, mostBytes: 2000, deadLetter: Names.dead)
            try await bench.transport.declare(Names.topology(full))
            let event = Event(
                "order.placed", data: .bytes([UInt8](repeating: 7, count: 1200), contentType: "x/y"), id: "1",
                source: "/bench")
            let destination = EventDestination.exchange(Names.orders, key: "order.placed")
            try expect(await bench.publish(EventMessage(event), to: destination), .confirmed, "the first")
            // Brokers look at the bytes that a queue holds, not at those it would hold.
            let second = await bench.publish(EventMessage(event), to: destination)
            let third = await bench.publish(EventMessage(event), to: destination)
            guard case .nacked = third else { throw ConformanceFailure(description: "a full queue takes a third") }
            if second != .confirmed, case .returned = second {
                throw ConformanceFailure(description: "the second comes back")
            }
        },
        TransportCase("what is published for later comes when its time has come, to that queue alone") { bench in
            try await bench.transport.declare(
                Names.topology(
                    more: [QueueNode(name: Names.other)],
                    subscriptions: [Names.subscription("second", Names.other, ["order.placed"])]))
            var trail = DeliveryTrail()
            trail.attempts = 3
            let event = Event("order.placed", data: .none, id: "9", source: "/bench")
            let later = EventDestination.later(Names.work, after: 5_000_000_000)
            try expect(await bench.publish(EventMessage(event, trail: trail), to: later), .confirmed, "the outcome")
            let consumer = try await bench.consume(Names.work)
            try expect(consumer.next() == nil, "it comes before its time")
            await bench.pass(.milliseconds(5100))
            let delivery = await bench.next(consumer)
            try expect(delivery?.message.trail.attempts, 3, "the attempts it carries")
            try expect(await bench.transport.depth(of: Names.other) ?? 0, 0, "the other queue")
        },
    ]
}
