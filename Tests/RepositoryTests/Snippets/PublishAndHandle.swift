// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import Testing
import Weir
import WeirEvents
import WeirPolicy

/// What the guide to events shows of the library; the text between the marks stands there word for word.
@Suite struct PublishAndHandle {
    // snippet: payloads
    struct Finding: Codable, Sendable {
        var findingID, vulnerabilityID, assetID, severity: String
    }

    struct Rating: Codable, Sendable {
        var findingID: String
        var score: Double
    }
    // end

    /// Stands in for the service's own work.
    private static func rate(_ finding: Finding) async throws -> Double { finding.severity == "high" ? 8.1 : 4.2 }

    private static let asked = AsyncStream.makeStream(of: [String].self)
    private static func ask(_ operation: String, about run: String, key: String) async throws {
        asked.continuation.yield([operation, run, key])
    }

    @Test func `handles what is published`() async throws {
        let (handled, done) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "guide") { _ in SwiftLogNoOpLogHandler() }

        // snippet: attach
        // Before the policies are loaded: what carries events, and whose handlers run here.
        // Audits are not enforced by this version; API versions are served by a gateway.
        var configuration = WeirConfiguration(logger: logger, enforcedElsewhere: ["api-lifecycle", "audits"])
        configuration.events = .memory(EventBusConfiguration(services: ["analysis.analyser"]))

        let weir = try await Weir.load(from: "policies", configuration: configuration)
        let bus = try weir.eventBus()
        // end

        // snippet: subscribe
        // A subscription of the policies, by its name or the end of it. Returning means done; throwing, what `redeliver` says.
        bus.subscribe("analysis.findings", as: Finding.self) { finding, event, context in
            let score = try await Self.rate(finding)
            // Published once this handler is done, under an id that follows from the event's own.
            try context.publish(
                Event("vulnerability.analyzed", encoding: Rating(findingID: finding.findingID, score: score)))
            done.yield(context.attempt)
        }
        // end

        // snippet: saga
        // Before the bus serves: this service runs the saga, and makes the calls that it asks for.
        bus.run(saga: "remediation") { call in
            try await Self.ask(call.operation.name, about: call.run, key: call.idempotencyKey)
        }
        // end

        // snippet: serve
        // Both are services. At a shutdown running handlers end, what nobody has begun stays in its queue.
        let services = ServiceGroup(services: [weir, bus], logger: logger)
        // end
        withExtendedLifetime(services) {}

        // Here without the one that listens for signals, which other tests send.
        let running = ServiceGroup(services: [bus], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await running.run() }
            try await bus.open()

            // snippet: publish
            let finding = Finding(
                findingID: "f-1", vulnerabilityID: "v-1", assetID: "a-1", severity: "high")
            // Returns when every queue that gets it has it; throws when none does, or nobody can tell.
            let published = try await bus.publish(Event("vulnerability.detected", encoding: finding))
            // end

            #expect(published.source == "/platform")
            for await attempt in handled {
                #expect(attempt == 1)
                break
            }
            var prioritized = Event("vulnerability.prioritized", ["vulnerability-id": "v-1", "asset-id": "a-1"])
            prioritized.id = "e-1"
            try await bus.publish(prioritized)
            for await call in Self.asked.stream {
                #expect(call == ["patch-generator.request-patch", "v-1", "e-1.remediation.generate"])
                break
            }
            await running.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }
}
