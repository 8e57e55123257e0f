// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization
import WeirEvents
import WeirPolicy

/// What an event costs on the bus in memory, from its publisher through routing, filter and a handler that does nothing to its
/// acknowledgement, beside a direct call.
enum BusBench {
    private static let count = 200_000
    private static let type = "order.placed"
    private static func name(_ text: String) -> QualifiedName { QualifiedName(package: "bench", name: text) }

    static func run(_ report: inout Report) {
        let result = Mutex<(event: Double, direct: Double)?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let figures = try? await measure()
            result.withLock { $0 = figures }
            done.signal()
        }
        done.wait()
        guard let (event, direct) = result.withLock({ $0 }) else {
            report.row("the bus could not be measured", 1, "", .atMost(0))
            return
        }
        report.row("direct async call (baseline)", direct, "ns")
        report.row("an event on the bus in memory", event, "ns")
        report.row("the event to the call", event / direct, "times", .atMost(120))
    }

    private static func measure() async throws -> (event: Double, direct: Double) {
        let handled = Atomic<Int>(0)
        let bus = try EventBus(graph: try graph(), transport: MemoryTransport())
        bus.subscribe("orders") { _, _ in handled.wrappingAdd(1, ordering: .relaxed) }
        let serving = Task { try await bus.serve() }
        try await bus.open()
        var events: [Double] = [], calls: [Double] = []
        for _ in 0..<7 {
            calls.append(try await directCall())
            handled.store(0, ordering: .relaxed)
            let start = Measure.now()
            for number in 0..<count {
                try await bus.publish(
                    Event(type, data: .json(["region": "eu", "total": .integer(Int64(number))]), source: "/shop"))
            }
            while handled.load(ordering: .relaxed) < count { await Task.yield() }
            events.append(Double(Measure.now() - start) / Double(count))
        }
        serving.cancel()
        try await serving.value
        return (events.sorted()[3], calls.sorted()[3])
    }

    private static func directCall() async throws -> Double {
        let rounds = 3_000_000
        let start = Measure.now()
        for number in 0..<rounds { keep(try await operation(number)) }
        return Double(Measure.now() - start) / Double(rounds)
    }

    @inline(never)
    private static func operation(_ number: Int) async throws -> Int { number &+ 1 }

    /// One exchange, one subscription with a filter on a field, and a queue that holds all.
    private static func graph() throws -> PolicyGraph {
        let filter = Filter.test(.init(.field("region"), .isOneOf([.text("eu"), .text("uk")])))
        let topology = EventTopology(
            events: [
                EventNode(
                    name: name(type),
                    fields: [.init(name: "region", type: .text), .init(name: "total", type: .number)])
            ],
            exchanges: [ExchangeNode(name: name("shop"), carries: [name(type)])],
            queues: [QueueNode(name: name("orders"))],
            subscriptions: [
                SubscriptionNode(
                    name: name("orders"), sources: [.init(exchange: name("shop"), patterns: ["order.*"])],
                    filter: filter, queue: name("orders"), deliveries: [.init(operation: name("billing.charge"))])
            ])
        return PolicyGraph(environment: nil, services: [], operations: [], policies: [], topology: topology)
    }
}
