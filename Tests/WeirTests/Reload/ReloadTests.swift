// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct ReloadTests {
    private let source: ChangingSource
    private var shop = Shop()

    init() throws {
        shop.breaker = try Shop.breaker(failures: 2)
        source = ChangingSource(try shop.graph())
    }

    private func open(_ handle: OperationHandle<Int>) async {
        for _ in 0..<2 { _ = try? await handle.run { throw Failed() } }  // The failures are what opens the breaker.
    }

    @Test func `puts a changed graph in force and says what changed`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        var next = shop
        next.bulkhead = 0
        source.change("1", to: try next.graph())
        let report = await weir.reload()
        #expect(report.generation == 2)
        #expect(report.changed == [Shop.name("card-payments")])
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.code == .bulkheadFull)
        #expect(error?.graphVersion.hasPrefix("2@") ?? false)
    }

    @Test func `keeps an open breaker open when its step did not change`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        await open(handle)
        var next = shop
        next.bulkhead = 10
        source.change("1", to: try next.graph())
        let report = await weir.reload()
        #expect(report.states.map(\.description).contains("kept: breaker shop.payments.authorize"))
        #expect(weir.status().breakers.map(\.snapshot.state) == [.open])
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.code == .circuitOpen)
    }

    @Test func `keeps the state and the handles of an operation that is called otherwise now`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        await open(handle)
        var next = shop
        next.target = "payments.approve"
        source.change("1", to: try next.graph())
        guard case .rejected = await weir.reload().outcome else {
            Issue.record("a name that is gone must refuse the files")
            return
        }
        next.renames = [
            Rename(kind: .operation, old: Shop.name("payments.authorize"), new: Shop.name("payments.approve"))
        ]
        source.change("2", to: try next.graph())
        let report = await weir.reload()
        #expect(report.states.map(\.description).contains("kept: breaker shop.payments.approve"))
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.code == .circuitOpen)
        let late: OperationHandle<Int> = try weir.operation("payments.authorize")
        await #expect(throws: ResilienceError.self) { try await late.run { 7 } }
    }

    @Test func `keeps the state that a renamed policy owns together with an operation`() async throws {
        var shop = shop
        shop.policies = ["card-payments", "patient"]
        shop.callers = ["checkout.place-order": "card-payments", "invoices.settle": "patient"]
        source.change("1", to: try shop.graph())
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize", from: "settle")
        await open(handle)
        shop.policies = ["card-payments", "very-patient"]
        shop.callers["invoices.settle"] = "very-patient"
        shop.renames = [Rename(kind: .policy, old: Shop.name("patient"), new: Shop.name("very-patient"))]
        source.change("2", to: try shop.graph())
        await weir.reload()
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.code == .circuitOpen)
    }

    @Test func `begins afresh with a breaker whose step changed, and says so`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        await open(handle)
        var next = shop
        next.breaker = try Shop.breaker(failures: 5)
        source.change("1", to: try next.graph())
        let report = await weir.reload()
        #expect(report.states.map(\.effect) == [.changed])
        #expect(report.description.contains("breaker shop.payments.authorize starts afresh"))
        #expect(try await handle.run { 7 } == 7)
    }

    @Test func `keeps the running graph when the files are broken, and says so once`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        var events = weir.events().makeAsyncIterator()
        source.breakFiles("1")
        guard case .rejected(let error) = await weir.reload().outcome else {
            Issue.record("the files should have been refused")
            return
        }
        #expect(error.code == .files)
        #expect(try await handle.run { 7 } == 7)
        #expect(weir.status().rejectedHash == "1")
        #expect(weir.status().generation == 1)
        guard case .unchanged = await weir.reload().outcome else {
            Issue.record("the same broken files are no news")
            return
        }
        guard case .reload = await events.next() else {
            Issue.record("the refusal should have been an event")
            return
        }
        source.change("0", to: try shop.graph())
        await weir.reload()
        #expect(weir.status().rejectedHash == nil)
        let counts = weir.status().reloads
        #expect((counts.applied, counts.rejected, counts.unchanged) == (0, 1, 2))
    }

    @Test func `takes over moved lines without a new generation`() async throws {
        var shop = shop
        shop.bulkhead = 0
        source.change("0", to: try shop.graph())
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        var moved = shop
        moved.line = 40
        source.change("1", to: try moved.graph())
        #expect(await weir.reload().generation == 1)
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.place?.line == 40)
    }

    @Test func `refuses a graph that a handle cannot be served from`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        var without = shop
        without.callers = [:]
        var abandoning = shop
        abandoning.deadline = try DeadlinePolicy(total: .seconds(1), abandon: 1)
        abandoning.line = 7
        for (hash, next, code) in [
            ("1", without, HandleError.Code.noPolicy), ("2", abandoning, HandleError.Code.needsDetachable),
        ] {
            source.change(hash, to: try next.graph())
            guard case .rejected(let error) = await weir.reload().outcome else {
                Issue.record("the graph should have been refused")
                return
            }
            #expect(error.handles.map(\.code) == [code])
            #expect(error.description.contains("operation(\"payments.authorize\") at "))
        }
        #expect(weir.status().rejection?.description.contains("shop/card.weir:7") ?? false)
        #expect(try await handle.run { 7 } == 7)
    }

    @Test func `checks every handle against each new graph and names all that it cannot serve`() async throws {
        var shop = shop
        shop.policies = ["card-payments", "patient"]
        source.change("0", to: try shop.graph())
        let weir = try await Weir.load(source, .quiet())
        let line = #line + 1
        let operation: OperationHandle<Int> = try weir.operation("payments.authorize", from: "checkout.place-order")
        let policy: OperationHandle<Int> = try weir.operation("patient")
        let detachable: DetachableHandle<Int> = try weir.detachableOperation("patient")

        var renamed = shop
        renamed.policies = ["card-payments", "patience"]
        source.change("1", to: try renamed.graph())
        guard case .rejected(let gone) = await weir.reload().outcome else {
            Issue.record("two handles have no policy any more")
            return
        }
        #expect(gone.handles.map(\.code) == [.unknownName, .unknownName])
        #expect(gone.handles.map(\.name) == ["patient", "patient"])
        for offset in [1, 2] { #expect(gone.description.contains("ReloadTests.swift:\(line + offset)")) }
        #expect(gone.description.contains("`shop.patience`"), "a suggestion")

        var abandoning = shop
        abandoning.timeout = try TimeoutPolicy(limit: .milliseconds(50), abandon: 1)
        abandoning.fallback = try FallbackPolicy(target: .handler("later"))
        abandoning.line = 7
        source.change("2", to: try abandoning.graph())
        guard case .rejected(let unserved) = await weir.reload().outcome else {
            Issue.record("structured handles cannot abandon work, and no handle answers `later`")
            return
        }
        #expect(unserved.handles.map(\.code) == [.needsDetachable, .needsDetachable, .fallbackMissing])
        #expect(unserved.handles.allSatisfy { $0.place?.description == "shop/card.weir:7:3" })
        #expect(unserved.description.contains("ReloadTests.swift:\(line)"))

        #expect(weir.status().generation == 1)
        #expect(try await operation.run { 7 } == 7)
        #expect(try await policy.run { 7 } == 7)
        #expect(try await detachable.run { 7 } == 7)
    }

    @Test func `a call keeps the graph it started with`() async throws {
        var shop = shop
        shop.bulkhead = 1
        source.change("0", to: try shop.graph())
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        var next = shop
        next.bulkhead = 0
        let source = source, changed = try next.graph()
        let value = try await handle.run {
            source.change("1", to: changed)
            #expect(await weir.reload().generation == 2)
            #expect(weir.status().graphsInUse == 2)
            return 7
        }
        #expect(value == 7)
        await weir.reload()
        #expect(weir.status().graphsInUse == 1)
        await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
    }

    @Test func `refuses further graphs, not calls, when too many old ones are in use`() async throws {
        let weir = try await Weir.load(source, .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        func nest(_ depth: Int) async throws -> Int {
            try await handle.run {
                var next = shop
                next.bulkhead = 100 + depth
                source.change("n\(depth)", to: try next.graph())
                let report = await weir.reload()
                if case .rejected(let error) = report.outcome {
                    #expect(error.code == .busy)
                    return depth
                }
                return try await nest(depth + 1)
            }
        }
        #expect(try await nest(1) == 64)
        guard case .applied = await weir.reload().outcome else {
            Issue.record("there is room again")
            return
        }
        #expect(weir.status().graphsInUse == 1)
    }
}
