// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import Weir

/// What a service takes over from its callers and hands on.
@Suite struct CallContextTests {
    struct Request: ContextCarrier {
        var headers: [String: String] = [:]
        subscript(header name: String) -> String? {
            get { headers[name] }
            set { headers[name] = newValue }
        }
    }

    let clock = ManualClock(now: 5_000_000_000)

    func handle(_ shop: Shop) async throws -> (Weir, OperationHandle<CallContext?>) {
        let weir = try await Weir.load(ChangingSource(shop.graph()), .quiet(clock))
        return (weir, try weir.operation("payments.authorize"))
    }

    static let limits: [(own: Duration?, within: Duration?, inherited: String?, left: Int64?)] = [
        (nil, nil, nil, nil), (nil, nil, "300", 300), (.seconds(1), nil, "300", 300), (.seconds(1), nil, "5000", 1000),
        (.seconds(3), .milliseconds(200), "300", 200), (nil, .milliseconds(400), "300", 300),
    ]

    @Test(arguments: limits)
    func `the earliest deadline holds, the request's included`(
        limit: (own: Duration?, within: Duration?, inherited: String?, left: Int64?)
    ) async throws {
        var shop = Shop()
        shop.deadline = try limit.own.map { try DeadlinePolicy(total: $0) }
        let (weir, handle) = try await handle(shop)
        let request = Request(headers: limit.inherited.map { ["x-deadline-ms": $0] } ?? [:])
        let details = CallDetails(within: limit.within, inherited: weir.context(from: request))
        let seen = try await handle.run(details) { CallContext.current }
        let left = seen.map { $0.deadline == .max ? nil : Int64($0.deadline - clock.now) / 1_000_000 } ?? nil
        #expect(left == limit.left)
    }

    @Test func `a request that is too late is refused before anything is done`() async throws {
        let (weir, handle) = try await handle(Shop())
        let inherited = weir.context(from: Request(headers: ["x-deadline-ms": "0"]))
        let error = await #expect(throws: ResilienceError.self) {
            try await handle.run(CallDetails(inherited: inherited)) { nil }
        }
        #expect(error?.code == .deadlineExceeded && error?.attempts == 0)
    }

    @Test func `hands on what is left, and that it is a repetition`() async throws {
        let (weir, handle) = try await handle(Shop())
        let inherited = weir.context(from: Request(headers: ["x-deadline-ms": "300", "x-attempt": "2"]))
        let clock = clock
        _ = try await handle.run(CallDetails(inherited: inherited)) {
            clock.advance(by: .milliseconds(50))
            var next = Request()
            weir.writeContext(into: &next)
            #expect(next.headers == ["x-deadline-ms": "250", "x-attempt": "1", "x-retry-chain": "1"])
            return nil
        }
        var outside = Request()
        weir.writeContext(into: &outside)
        #expect(outside.headers.isEmpty)
    }

    @Test func `a breaker is held by hand through its key`() async throws {
        var shop = Shop()
        shop.breaker = try Shop.breaker(failures: 2)
        let (weir, handle) = try await handle(shop)
        let key = try #require(weir.status().breakers.first?.key)
        let hold = try #require(weir.isolate(key))
        #expect(weir.status().breakers.first?.snapshot.state == .isolated)
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { nil } }
        #expect(error?.code == .circuitOpen)
        hold.release()
        _ = try await handle.run { nil }
        #expect(weir.isolate(StateKey(kind: .breaker, owner: Shop.name("nothing"))) == nil)
    }

    /// Counts what it hears.
    final class Listener: ResilienceObserver {
        let heard = AdministrationLock(0)
        func record(_ event: ResilienceEvent) { heard.withLock { $0 += 1 } }
    }

    @Test(arguments: [false, true])
    func `an observer hears of calls, other listeners where they were asked for`(recorded: Bool) async throws {
        var configuration = WeirConfiguration.quiet(clock)
        let listener = Listener()
        configuration.observer = listener
        configuration.recordsCallEvents = recorded
        let source = ChangingSource(try Shop().graph())
        let weir = try await Weir.load(source, configuration)
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        var events = weir.events().makeAsyncIterator()
        _ = try await handle.run { 7 }
        var next = Shop()
        next.bulkhead = 3
        source.change("1", to: try next.graph())
        await weir.reload()
        #expect(listener.heard.withLock { $0 } == 2)
        switch await events.next() {
        case .call: #expect(recorded)
        case .reload: #expect(!recorded)
        default: Issue.record("the reload should have been an event")
        }
    }

    @Test func `the status tells how long calls took`() async throws {
        let (weir, handle) = try await handle(Shop())
        let clock = clock
        _ = try await handle.run {
            clock.advance(by: .milliseconds(3))
            return nil
        }
        let latency = try #require(weir.status().handles.first?.counters.latency)
        #expect(latency.total == 1)
        #expect(latency.quantile(.percent(50)) == .nanoseconds(4_194_304))
    }
}
