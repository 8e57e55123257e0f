// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirResilience

@testable import WeirRabbitMQ

/// A network that cuts and stalls.
@Suite(.timeLimit(.minutes(5))) struct NetworkFaultTests {
    private static let broker = TestBroker.shared

    @Test func `connections that are reset all along lose nothing that was confirmed`() async throws {
        let (proxy, url) = try FaultProxy.around(try await Self.broker.url())
        defer { proxy.close() }
        let rabbit = try await Self.broker.transport(url: url)
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        var confirmed: Set<String> = []
        for round in 0..<10 {
            await withTaskGroup(of: String?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        await rabbit.publish(round * 50 + number, seconds: 60) == .confirmed
                            ? "\(round * 50 + number)" : nil
                    }
                }
                await Wait.milliseconds(UInt64(round) * 3)
                proxy.cut()
                for await id in group { if let id { confirmed.insert(id) } }
            }
        }
        #expect(confirmed.count == 500)
        #expect(try await rabbit.drain(until: 500).count == 500)
    }

    @Test func `a broker that stops to read is cut off, and its messages are published again`() async throws {
        let (proxy, url) = try FaultProxy.around(try await Self.broker.url())
        defer { proxy.close() }
        let heard = Heard()
        let rabbit = try await Self.broker.transport(url: url) {
            $0.stall = .seconds(1)
            $0.onEvent = heard.listener
        }
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        #expect(await rabbit.publish(0) == .confirmed)
        proxy.stall(true)
        // More than the system holds for a socket, so that a call of the library hangs.
        async let outcomes = withTaskGroup(of: PublishOutcome.self) { group in
            for number in 1...10 { group.addTask { await rabbit.publish(number, bytes: 4 << 20, seconds: 60) } }
            return await group.reduce(into: [PublishOutcome]()) { $0.append($1) }
        }
        let cut = await heard.first(.disconnected, seconds: 20) { $0.connection == "publish" }
        #expect(cut != nil)
        proxy.stall(false)
        #expect(await outcomes.allSatisfy { $0 == .confirmed })
        #expect(try await rabbit.drain(until: 11, seconds: 60).count == 11)
    }

    @Test func `a publish into silence says at its deadline that nobody can tell`() async throws {
        let (proxy, url) = try FaultProxy.around(try await Self.broker.url())
        defer { proxy.close() }
        let rabbit = try await Self.broker.transport(url: url)
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        #expect(await rabbit.publish(0) == .confirmed)
        proxy.stall(true)
        let start = EngineClock.system.now
        guard case .unknown = await rabbit.publish(1, seconds: 1) else {
            Issue.record("it is known")
            return
        }
        // Far less than the connection takes to notice, however busy the machine is.
        #expect(EngineClock.system.now - start < 10_000_000_000)
        proxy.stall(false)
        #expect(await rabbit.publish(2, seconds: 60) == .confirmed)
    }
}
