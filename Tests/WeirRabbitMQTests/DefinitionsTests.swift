// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirEvents
import WeirPolicy
import WeirRabbitMQ
import WeirResilience

/// The file of definitions against a real broker.
@Suite(.timeLimit(.minutes(4))) struct DefinitionsTests {
    private static let topology = EventTopology(
        exchanges: [ExchangeNode(name: Scene.orders, unrouted: .queue(Scene.dead))],
        queues: [
            QueueNode(
                name: Scene.work, mostMessages: 1000, expireAfter: .seconds(60), deliveries: 5, deadLetter: Scene.dead),
            QueueNode(name: Scene.dead), QueueNode(name: Scene.name("old"), kind: .classic, mostBytes: 4096),
        ],
        subscriptions: [
            SubscriptionNode(
                name: Scene.name("billing"),
                sources: [.init(exchange: Scene.orders, patterns: ["order.*", "refund.#"])],
                queue: Scene.work, deliveries: [.init(operation: Scene.name("billing.charge"))], order: .strict)
        ])

    @Test func `a broker takes it, and a service finds in it all that it would declare`() async throws {
        let prefix = "imported."
        let file = FileManager.default.temporaryDirectory.appending(path: "weir-definitions-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let version = try #require(BrokerDefinitions.Version("3.10"))
        try BrokerDefinitions(Self.topology, prefix: prefix).text(for: version)
            .write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        let broker = TestBroker.shared
        try await broker.control("import_definitions \(file.path)")
        // Who may configure nothing can publish, be retried and be dead-lettered over what was imported.
        try await broker.control("add_user importer secret")
        try await broker.control("set_permissions importer '^$' '.*' '.*'")
        let url = try await broker.url().replacing("guest:guest", with: "importer:secret")
        let rabbit = try await broker.transport(prefix, url: url)
        defer { rabbit.close() }
        try await rabbit.declare(Self.topology)
        #expect(await rabbit.publish(1) == .confirmed)
        let later = await rabbit.publish(
            Scene.message(2), to: .later(Scene.work, after: 1_000_000_000),
            until: EngineClock.system.now + 5_000_000_000)
        #expect(later == .confirmed)
        #expect(try await rabbit.drain(until: 2) == ["1", "2"])
        // Declared over the import by who may: nothing differs.
        let owner = try await broker.transport(prefix)
        defer { owner.close() }
        try await owner.declare(Self.topology)
    }

    @Test(arguments: ["3.10", "3.13.7", "4.0"]) func `writes for versions from 3.10 on`(text: String) {
        #expect(BrokerDefinitions.Version(text) != nil)
    }

    @Test(arguments: ["3.9", "3", "", "latest", "3.x", "3.10.", "-3.10", "3.10.1.1"])
    func `writes for no other version`(text: String) { #expect(BrokerDefinitions.Version(text) == nil) }
}
