// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirEventsConformance
import WeirPolicy
import WeirRabbitMQ
import WeirResilience

/// The transport over RabbitMQ under the table that every transport has to keep to, against a real broker.
@Suite(.timeLimit(.minutes(4))) struct TransportTests {
    struct Bench: TransportBench {
        let rabbit: RabbitMQTransport

        var transport: any EventTransport { rabbit }
        var now: UInt64 { EngineClock.system.now }
        func pass(_ duration: Duration) async { try? await Task.sleep(for: duration, clock: .continuous) }
        func interrupt() async { await rabbit.interrupt() }
    }

    @Test(arguments: TransportCase.all)
    func `keeps to the rules of transports`(rule: TransportCase) async throws {
        let bench = Bench(rabbit: try await TestBroker.shared.transport())
        defer { bench.rabbit.close() }
        try await rule.run(bench)
    }
}
