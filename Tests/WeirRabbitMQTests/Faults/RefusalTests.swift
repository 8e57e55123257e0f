// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirResilience

@testable import WeirRabbitMQ

/// Who is not let in is told why, at once.
@Suite(.timeLimit(.minutes(4))) struct RefusalTests {
    private static let broker = TestBroker.shared

    private func error(_ change: (String) -> String) async throws -> (TransportError?, seconds: Double) {
        let rabbit = try await Self.broker.transport(url: change(try await Self.broker.url()))
        defer { rabbit.close() }
        let start = EngineClock.system.now
        do {
            try await rabbit.declare(Scene.topology())
            return (nil, 0)
        } catch {
            return (error as? TransportError, Double(EngineClock.system.now - start) / 1e9)
        }
    }

    @Test func `a wrong password is said at once`() async throws {
        let (error, seconds) = try await error { $0.replacing("guest:guest", with: "guest:wrong") }
        #expect(error?.code == .refused)
        #expect(error?.description.contains("ACCESS_REFUSED") == true, "\(error as Any)")
        #expect(error?.description.contains("wrong") == false)
        #expect(seconds < 10)
    }

    @Test func `a virtual host that is not there is named`() async throws {
        let (error, seconds) = try await error { $0 + "/nowhere" }
        #expect(error?.code == .refused)
        #expect(error?.description.contains("nowhere") == true, "\(error as Any)")
        #expect(seconds < 10)
    }

    @Test func `a broker that is not there is waited for, then said`() async throws {
        let rabbit = try await Self.broker.transport(url: "amqp://127.0.0.1:1") { $0.patience = .milliseconds(300) }
        defer { rabbit.close() }
        let error = await #expect(throws: TransportError.self) { try await rabbit.declare(Scene.topology()) }
        #expect(error?.code == .unreachable)
        let outcome = await rabbit.publish(1, seconds: 1)
        #expect(outcome == .returned, "nothing is declared yet")
    }

    @Test func `who may not declare is told so, and may use what others declared`() async throws {
        _ = try await Self.broker.control("add_user limited secret")
        _ = try await Self.broker.control("set_permissions limited '^$' '.*' '.*'")
        let url = try await Self.broker.url().replacing("guest:guest", with: "limited:secret")
        let limited = try await Self.broker.transport("limited.", url: url)
        defer { limited.close() }
        let error = await #expect(throws: TransportError.self) { try await limited.declare(Scene.topology()) }
        #expect(error?.code == .refused)
        #expect(error?.description.contains("limited") == true, "\(error as Any)")
        let owner = try await Self.broker.transport("limited.")
        defer { owner.close() }
        try await owner.declare(Scene.topology())
        try await limited.declare(Scene.topology())
        #expect(await limited.publish(1) == .confirmed)
        #expect(try await limited.drain(until: 1) == ["1"])
    }

    @Test func `who may not publish is told so, and others of the connection go on`() async throws {
        _ = try await Self.broker.control("add_user reader secret")
        let prefix = "reader."
        _ = try await Self.broker.control("set_permissions reader '^reader' '^(?!reader.shop.orders$)' '.*'")
        let url = try await Self.broker.url().replacing("guest:guest", with: "reader:secret")
        let rabbit = try await Self.broker.transport(prefix, url: url)
        defer { rabbit.close() }
        try await rabbit.declare(Scene.topology())
        async let refused = rabbit.publish(1)
        async let taken = rabbit.publish(
            Scene.message(2), to: .queue(Scene.work), until: EngineClock.system.now + 5_000_000_000)
        guard case .nacked(let reason) = await refused else {
            Issue.record("\(await refused)")
            return
        }
        #expect(reason.contains("ACCESS_REFUSED"), "\(reason)")
        #expect(await taken == .confirmed)
    }
}
