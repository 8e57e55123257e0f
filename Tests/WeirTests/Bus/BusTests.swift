// SPDX-License-Identifier: Apache-2.0

import Foundation
import ServiceLifecycle
import Synchronization
import Testing
import WeirEvents
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct BusTests {
    struct Order: Codable, Sendable, Equatable {
        let orderId: String
        let total: Double
        let placedAt: Date
    }

    final class Seen: BusObserver {
        private let names = Mutex<[String]>([])
        private let signal: AsyncStream<String>.Continuation
        let stream: AsyncStream<String>

        init() { (stream, signal) = AsyncStream.makeStream() }

        func record(_ event: BusEvent) {
            names.withLock { $0.append(event.name.rawValue) }
            signal.yield(event.name.rawValue)
        }

        /// Waits for the next event of a name.
        func next(_ name: BusEvent.Name) async {
            for await found in stream where found == name.rawValue { return }
        }
    }

    static func text(region: String = "eu", kind: String = "quorum", handler: String = "charge") -> String {
        """
        edition 1

        event order.placed {
          field order-id text
          field region text
          field total number
        }

        exchange orders {
          carries order.placed
        }

        queue billing-orders {
          kind \(kind)
          dead letter to billing-dead
        }

        queue billing-dead {
          kind quorum
        }

        service billing {
          operation \(handler) {
            idempotent by field order-id
          }
        }

        policy consumer {
          bulkhead 4 calls
        }

        subscription billing {
          from orders matching "order.*"
          where total above 0 and region in "\(region)"
          through billing-orders
          deliver to billing.\(handler)
          using consumer
          once per order-id within 24h
          redeliver up to 3 attempts {
            wait 5s growing 2x
            park error "DecodingError"
          }
          dead letter to billing-dead
        }

        """
    }

    private static func order(_ number: Int, region: String) throws -> Event {
        var event = try Event(
            "order.placed",
            encoding: Order(orderId: "o-\(number)", total: 12.5, placedAt: Date(timeIntervalSince1970: 1_772_323_200)))
        if case .json(.object(var members)) = event.data {
            members["region"] = .string(region)
            event.data = .json(.object(members))
        }
        return event
    }

    private static func load(_ directory: PolicyDirectory, _ seen: Seen) async throws -> Weir {
        var configuration = WeirConfiguration.quiet()
        configuration.events = .memory(EventBusConfiguration(observer: seen))
        // The tests of signals want theirs for themselves.
        configuration.reloadsOnHangup = false
        return try await Weir.load(from: directory.path, configuration: configuration)
    }

    @Test func `typed events are published and handled as a service, and what cannot be decoded is parked`()
        async throws
    {
        let directory = try PolicyDirectory(Self.text())
        let seen = Seen()
        let weir = try await Self.load(directory, seen)
        let bus = try weir.eventBus()
        let got = Mutex<[Order]>([])
        bus.subscribe("billing", as: Order.self) { order, event, context in
            #expect(context.operation.name == "billing.charge" && event.source == "/weir")
            got.withLock { $0.append(order) }
        }
        let group = ServiceGroup(services: [weir, bus], logger: weir.configuration.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await bus.open()
            try await bus.publish(try Self.order(1, region: "eu"))
            await seen.next(.handled)
            try await bus.publish(Event("order.placed", ["order-id": "o-2", "region": "eu", "total": 1]))
            await seen.next(.deadLettered)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(got.withLock { $0 } == [try Self.order(1, region: "eu").decode(Order.self)])
        let dead = QualifiedName(package: "", name: "billing-dead")
        let letters = (bus.transport as? MemoryTransport)?.messages(in: dead) ?? []
        #expect(letters.map(\.trail.reason) == [.parked])
    }

    @Test func `a reload changes filters while the bus serves, and what cannot change refuses the set`() async throws {
        let directory = try PolicyDirectory(Self.text())
        let seen = Seen()
        let weir = try await Self.load(directory, seen)
        let bus = try weir.eventBus()
        bus.subscribe("billing") { _, _ in }
        let serving = Task { try await bus.serve() }
        try await bus.open()
        try await bus.publish(try Self.order(1, region: "us"))
        await seen.next(.filteredOut)
        try directory.write(Self.text(region: "us"))
        guard case .applied = await weir.reload().outcome else { throw Failed() }
        try await bus.publish(try Self.order(2, region: "us"))
        await seen.next(.handled)
        // A handle obtained later leaves the states of the handlers' policies alone.
        let _: OperationHandle<Int> = try weir.operation("consumer")
        try directory.write(Self.text(region: "us", kind: "classic"))
        guard case .rejected(let error) = await weir.reload().outcome else { throw Failed() }
        #expect(error.code == .events)
        #expect(error.description.contains("`billing-orders` exists with kind quorum, and cannot become classic"))
        try directory.write(Self.text(region: "us", handler: "refund"))
        let outcome = await weir.reload().outcome
        guard case .applied = outcome else {
            Issue.record("\(outcome)")
            throw Failed()
        }
        try await bus.publish(try Self.order(3, region: "us"))
        await seen.next(.handled)
        serving.cancel()
        try await serving.value
    }

    @Test func `a handler that nobody gives stops the service, with the list`() async throws {
        let directory = try PolicyDirectory(Self.text())
        let weir = try await Self.load(directory, Seen())
        let bus = try weir.eventBus()
        let error = await #expect(throws: EventBusError.self) { try await bus.serve() }
        #expect(error?.description.contains("delivers to `billing.charge`, which has no handler") == true)
    }
}
