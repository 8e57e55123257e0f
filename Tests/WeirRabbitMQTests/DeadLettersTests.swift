// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirEvents
import WeirPolicy
import WeirRabbitMQ
import WeirResilience

/// `weir dlq` against a real broker, as an operator types it.
@Suite(.timeLimit(.minutes(4))) struct DeadLettersTests {
    private static let policies = """
        edition 1
        package shop

        event order.placed {
          field number number
        }

        exchange orders {
          carries order.placed
        }

        queue dead {
          kind quorum
        }

        queue work {
          kind quorum
        }

        service billing {
          operation charge {
            POST "/charge"
          }
        }

        subscription billing-orders {
          from orders matching "order.*"
          through work
          deliver to billing.charge
          dead letter to dead
        }
        """

    /// Runs `weir` in the folder of the policies.
    private static func weir(_ arguments: [String], in folder: URL) async throws -> (Int32, String) {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "WeirCommand")
        return try await TestThread.result {
            let process = Process()
            let output = folder.appending(path: "output-\(UUID()).txt")
            try Data().write(to: output)
            let handle = try FileHandle(forWritingTo: output)
            process.executableURL =
                FileManager.default.isExecutableFile(atPath: program.path)
                ? program : program.deletingLastPathComponent().appending(path: "weir")
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = handle
            process.standardError = handle
            try process.run()
            process.waitUntilExit()
            return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
        }
    }

    @Test func `an operator lists, shows, replays and purges what was given up`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weir-dlq-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.policies.write(to: folder.appending(path: "shop.weir"), atomically: true, encoding: .utf8)
        let broker = ["--broker", try await TestBroker.shared.url(), "--prefix", "dlq."]
        let (_, missing) = try await Self.weir(["dlq", "list"] + broker, in: folder)
        #expect(missing == "shop.dead  is not at the broker\n")

        let rabbit = try await TestBroker.shared.transport("dlq.")
        defer { rabbit.close() }
        let billing = Scene.name("billing-orders")
        try await rabbit.declare(
            EventTopology(
                exchanges: [ExchangeNode(name: Scene.orders)], queues: [QueueNode(name: Scene.dead)],
                subscriptions: [
                    SubscriptionNode(
                        name: billing, sources: [.init(exchange: Scene.orders, patterns: ["order.*"])],
                        queue: Scene.work, deliveries: [.init(operation: Scene.name("billing.charge"))],
                        deadLetter: Scene.dead)
                ]))
        for number in 1...3 {
            var trail = DeliveryTrail()
            trail.attempts = 4
            trail.reason = number == 3 ? .parked : .exhausted
            trail.error = "it is closed"
            trail.subscription = "\(billing)"
            let outcome = await rabbit.publish(
                Scene.message(number).with(trail), to: .queue(Scene.dead),
                until: EngineClock.system.now + 30_000_000_000)
            #expect(outcome == .confirmed)
        }
        let (_, list) = try await Self.weir(["dlq", "list"] + broker, in: folder)
        #expect(list == "shop.dead  3 events\n")
        let (_, shown) = try await Self.weir(["dlq", "show", "dead", "--id", "2"] + broker, in: folder)
        #expect(shown.contains("order.placed  2  from /shop"))
        #expect(shown.contains("given up: exhausted, after 4 attempts"))
        #expect(shown.contains("came from shop.work"))
        let (_, replayed) = try await Self.weir(
            ["dlq", "replay", "dead", "--reason", "exhausted"] + broker, in: folder)
        #expect(replayed == "2 events replayed, 1 passed over, 0 failed\n")
        #expect(try await rabbit.drain(until: 2) == ["1", "2"])
        let (status, asked) = try await Self.weir(["dlq", "purge", "dead"] + broker, in: folder)
        #expect(status == 2 && asked.contains("1 event would be removed for good: say `--yes`"))
        let (_, purged) = try await Self.weir(["dlq", "purge", "dead", "--yes"] + broker, in: folder)
        #expect(purged == "1 event removed, 0 passed over\n")
        #expect(await rabbit.depth(of: Scene.dead) == 0)
    }

    @Test func `a broker that is not there, and a queue that is none, are said to be`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weir-dlq-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.policies.write(to: folder.appending(path: "shop.weir"), atomically: true, encoding: .utf8)
        let (status, words) = try await Self.weir(["dlq", "list", "--broker", "amqp://127.0.0.1:1"], in: folder)
        #expect(status == 3, "\(words)")
        let (usage, unknown) = try await Self.weir(
            ["dlq", "show", "work", "--broker", try await TestBroker.shared.url()], in: folder)
        #expect(usage == 2)
        #expect(unknown.contains("no queue of events that were given up is called `work`: `shop.dead`"))
    }
}
