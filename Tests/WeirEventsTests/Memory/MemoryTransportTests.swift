// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirEventsConformance
import WeirPolicy
import WeirResilience

/// The transport in memory under the table that every transport has to keep to.
@Suite struct MemoryTransportTests {
    struct Bench: TransportBench {
        let clock = ManualClock()
        let memory: MemoryTransport

        init() { memory = MemoryTransport(clock: .manual(clock)) }

        var transport: any EventTransport { memory }
        var now: UInt64 { clock.now }
        func pass(_ duration: Duration) async { clock.advance(by: duration) }
        func interrupt() async { memory.interrupt() }
    }

    @Test(arguments: TransportCase.all)
    func `keeps to the rules of transports`(rule: TransportCase) async throws { try await rule.run(Bench()) }

    private static func name(_ text: String) -> QualifiedName { QualifiedName(package: "", name: text) }

    @Test func `what has nowhere to go is counted as dropped`() async throws {
        let bench = Bench()
        let queue = QueueNode(name: Self.name("short"), expireAfter: .seconds(1))
        try await bench.memory.declare(EventTopology(queues: [queue]))
        let event = EventMessage(Event("a", id: "1", source: "/s"))
        #expect(await bench.memory.publish(event, to: .queue(queue.name), until: .max) == .confirmed)
        bench.clock.advance(by: .seconds(2))
        #expect(bench.memory.status(of: queue.name)?.losses.dropped == 1)
        #expect(bench.memory.status(of: queue.name)?.losses.expired == 1)
    }

    @Test func `a message that may not be handed out again stays while its dead letters have no room`() async throws {
        let bench = Bench()
        let dead = QueueNode(name: Self.name("dead"), mostMessages: 1)
        let work = QueueNode(name: Self.name("work"), deliveries: 1, deadLetter: dead.name)
        try await bench.memory.declare(EventTopology(queues: [work, dead]))
        for number in 0..<2 {
            let message = EventMessage(Event("a", id: "\(number)", source: "/s"))
            #expect(await bench.memory.publish(message, to: .queue(work.name), until: .max) == .confirmed)
        }
        let consumer = try await bench.memory.consume(work.name, prefetch: 1) { _ in }
        for _ in 0..<8 { consumer.next().map { consumer.reject($0.tag, requeue: true) } }
        #expect(bench.memory.messages(in: dead.name).compactMap(\.event?.id) == ["0"])
        #expect(bench.memory.messages(in: dead.name).first?.trail.reason == .deliveryLimit)
        #expect(bench.memory.status(of: work.name)?.ready == 1)
    }

    @Test func `what is due for a full queue waits for room`() async throws {
        let bench = Bench()
        let work = QueueNode(name: Self.name("work"), mostMessages: 1)
        try await bench.memory.declare(EventTopology(queues: [work]))
        let message = EventMessage(Event("a", id: "1", source: "/s"))
        for _ in 0..<2 {
            _ = await bench.memory.publish(message, to: .later(work.name, after: 1_000_000_000), until: .max)
        }
        bench.clock.advance(by: .seconds(3))
        #expect(bench.memory.delayedMessages == 1)
        let consumer = try await bench.memory.consume(work.name, prefetch: 5) { _ in }
        consumer.next().map { consumer.acknowledge($0.tag) }
        bench.clock.advance(by: .seconds(1))
        #expect(bench.memory.delayedMessages == 0)
        #expect(consumer.next() != nil)
    }
}
