// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirEvents

@Suite struct HandlerTableTests {
    private static func problems(
        services: [String]? = nil, _ subscribe: (EventBus) -> Void
    ) async throws -> [String] {
        let node = BusScene.subscription(
            deliveries: [.init(operation: BusScene.review, filter: .any([])), .init(operation: BusScene.charge)])
        let scene = try BusScene(node, services: services)
        subscribe(scene.bus)
        do {
            scene.bus.shutdown()
            try await scene.bus.serve()
            return []
        } catch let error as EventBusError {
            #expect(error.code == .handlers)
            return error.problems
        }
    }

    @Test func `everything that is missing is named at once`() async throws {
        let found = try await Self.problems { _ in }
        #expect(
            found == [
                "the subscription `shop.billing` delivers to `shop.billing.charge`, which has no handler",
                "the subscription `shop.billing` delivers to `shop.billing.review`, which has no handler",
            ])
    }

    @Test func `a service needs handlers for its own operations only`() async throws {
        #expect(try await Self.problems(services: ["shipping"]) { _ in } == [])
        #expect(try await Self.problems(services: ["shop.billing"]) { _ in }.count == 2)
        #expect(try await Self.problems(services: ["billing"]) { $0.subscribe("billing") { _, _ in } } == [])
    }

    @Test func `who handles one operation of a subscription handles all of them`() async throws {
        let found = try await Self.problems(services: []) { $0.subscribe("billing", delivering: "charge") { _, _ in } }
        #expect(found == ["the subscription `shop.billing` delivers to `shop.billing.review`, which has no handler"])
    }

    @Test func `handlers that nothing asks for are named with their places`() async throws {
        let found = try await Self.problems { bus in
            bus.subscribe("biling", file: "Shop/Main.swift", line: 7) { _, _ in }
            bus.subscribe("billing") { _, _ in }
            bus.subscribe("billing", delivering: "refund", file: "Shop/Main.swift", line: 9) { _, _ in }
            bus.subscribe("billing", delivering: "charge", file: "Shop/Main.swift", line: 11) { _, _ in }
        }
        #expect(
            found == [
                "no subscription is called `biling` (Shop/Main.swift:7): `shop.billing`",
                "the subscription `shop.billing` delivers nothing to `refund` (Shop/Main.swift:9)",
                "`shop.billing.charge` has two handlers at the subscription `shop.billing` (Shop/Main.swift:11)",
            ])
    }

    @Test func `a chaos profile that nobody declares is refused`() throws {
        let graph = try BusScene.graph([BusScene.subscription()])
        var configuration = EventBusConfiguration()
        configuration.chaosProfile = "bad-day"
        let error = #expect(throws: EventBusError.self) {
            try EventBus(graph: graph, transport: MemoryTransport(), configuration: configuration)
        }
        #expect(error?.code == .chaosProfile)
    }
}
