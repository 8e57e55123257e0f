// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirResilience

@testable import WeirRabbitMQ

/// Whatever a false broker says, the service goes on, and says what was wrong with it.
@Suite(.timeLimit(.minutes(3))) struct HostileBrokerTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let moment: FalseBroker.Moment
        let bytes: [UInt8]
    }

    private static let body = FalseBroker.frame(3, Array("hello".utf8), 1)

    static let cases: [Case] = [
        Case(
            description: "nothing of the protocol", moment: .atOnce,
            bytes: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
        Case(description: "another protocol's version", moment: .atOnce, bytes: Array("AMQP".utf8) + [0, 1, 0, 0]),
        Case(description: "zeros", moment: .atOnce, bytes: [UInt8](repeating: 0, count: 4096)),
        Case(
            description: "a greeting that states more than it has", moment: .atOnce,
            bytes: FalseBroker.method(10, 10, [0, 9] + FalseBroker.long(.max) + [1, 2, 3])),
        Case(
            description: "a frame without its end", moment: .afterLogin,
            bytes: FalseBroker.frame(8, [], end: 0) + FalseBroker.frame(8, [])),
        Case(
            description: "a frame larger than agreed", moment: .afterLogin,
            bytes: FalseBroker.frame(3, [UInt8](repeating: 1, count: 200_000), 1)),
        Case(
            description: "a frame of 4 GiB", moment: .afterLogin,
            bytes: FalseBroker.frame(1, [0, 60, 0, 60], 1, size: .max)),
        Case(description: "a method that is none", moment: .afterConsume, bytes: FalseBroker.method(99, 99, [], 1)),
        Case(description: "a body without a message", moment: .afterConsume, bytes: body),
        Case(description: "a header without a message", moment: .afterConsume, bytes: FalseBroker.header(size: 5)),
        Case(
            description: "a header of another class", moment: .afterConsume,
            bytes: FalseBroker.deliver(1) + FalseBroker.header(10, size: 5) + body
                + FalseBroker.deliver(1)),
        Case(
            description: "a message longer than stated", moment: .afterConsume,
            bytes: FalseBroker.deliver(1) + FalseBroker.header(size: 3) + body),
        Case(
            description: "a message of 4 GiB", moment: .afterConsume,
            bytes: FalseBroker.deliver(1) + FalseBroker.header(size: .max)),
        Case(
            description: "a message in a message", moment: .afterConsume,
            bytes: FalseBroker.deliver(1) + FalseBroker.deliver(2)),
        Case(
            description: "a delivery out of turn", moment: .afterConsume,
            bytes: FalseBroker.deliver(4_000_000_000) + FalseBroker.header(size: 5) + body),
        Case(
            description: "the end of the connection", moment: .afterConsume,
            bytes: FalseBroker.method(10, 50, [2, 30, 3] + Array("bye".utf8) + [0, 0, 0, 0])),
    ]

    @Test(arguments: cases)
    func `what no broker says ends the connection, and nothing else`(hostile: Case) async throws {
        let broker = FalseBroker(hostile.moment, says: hostile.bytes)
        defer { broker.close() }
        let heard = Heard()
        var configuration = try RabbitMQConfiguration(BrokerURL(broker.url), patience: .seconds(1))
        configuration.onEvent = heard.listener
        let rabbit = try RabbitMQTransport(configuration)
        defer { rabbit.close() }
        // At a broker that says its part at once, neither comes about.
        try? await rabbit.declare(Scene.topology())
        let consumer = try? await rabbit.consume(Scene.work, prefetch: 10) { _ in }
        let ended = await heard.first(.disconnected, seconds: 10)
        #expect(ended?.reason?.isEmpty == false)
        #expect(consumer?.next() == nil)
    }

    @Test func `bytes by chance end connections, and nothing else`() async throws {
        let random = EngineRandom(seed: 20_261_126)
        for round in 0..<60 {
            var bytes: [UInt8] = []
            for _ in 0..<40 {
                let kind = UInt8(random.next() % 9)
                let payload = (0..<Int(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next() % 97) }
                bytes += FalseBroker.frame(kind, payload, UInt16(random.next() % 3))
                if random.next() % 4 == 0 {
                    bytes += FalseBroker.deliver(UInt32(random.next() % 3)) + FalseBroker.header(size: 64)
                }
            }
            let broker = FalseBroker(round % 2 == 0 ? .afterLogin : .atOnce, says: bytes)
            defer { broker.close() }
            // Whether it fails or reads nothing is the same to us.
            try? await TestThread.result {
                guard let url = try? BrokerURL(broker.url),
                    let session = try? BrokerSession(url, tls: BrokerTLS(), named: "chance")
                else { return }
                for _ in 0..<20 { _ = try session.read(most: 1000) { _, _ in } }
            }
        }
    }
}
