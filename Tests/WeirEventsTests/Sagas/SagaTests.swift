// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

/// Sagas on a bus in memory, on a clock that stands still.
@Suite(.timeLimit(.minutes(2))) struct SagaTests {
    private static func run(_ scene: SagaScene, _ log: Log<String>, failing: Set<String> = []) {
        scene.bus.run(saga: "order") { call in
            log.add("\(call.operation.name) \(call.run) \(call.idempotencyKey)\(call.isCompensation ? " undo" : "")")
            if failing.contains(call.operation.name) { throw Declined() }
        }
    }

    @Test func `its steps are made in their order, each with what the run knows, under keys that stay`() async throws {
        let scene = try SagaScene()
        let log = Log<String>()
        Self.run(scene, log)
        try await scene.serve { bus in
            try await bus.publish(SagaScene.event("order.placed"))
            while log.all.count < 2 { await Task.yield() }
            try await bus.publish(SagaScene.event("payment.settled"))
            await scene.recorder.wait(for: .sagaCompleted)
        }
        #expect(
            log.all == [
                "stock.reserve o-1 order.placed-o-1.order.reserve", "payments.charge o-1 order.placed-o-1.order.pay",
            ])
        #expect(scene.published("order.ready").map(\.id) == ["order.placed-o-1.order.ship"])
        let run = try #require(try await scene.bus.run("o-1", ofSaga: "order"))
        #expect(run.phase == .completed)
        #expect(run.fields["total"] == 25)
        #expect(try await scene.bus.sagaCounts() == [.completed: 1])
    }

    @Test func `when a step fails, what was begun is undone, the last first`() async throws {
        let scene = try SagaScene()
        let log = Log<String>()
        Self.run(scene, log)
        try await scene.serve { bus in
            try await bus.publish(SagaScene.event("order.placed"))
            while log.all.count < 2 { await Task.yield() }
            try await bus.publish(SagaScene.event("payment.refused"))
            await scene.recorder.wait(for: .sagaUndone)
        }
        #expect(log.all.last == "stock.release o-1 order.placed-o-1.order.reserve.undo undo")
        #expect(scene.published("payment.cancelled").map(\.id) == ["order.placed-o-1.order.pay.undo"])
        #expect(scene.published("order.ready").isEmpty)
        let run = try await scene.bus.run("o-1", ofSaga: "order")
        #expect(run?.failure == "`payment.refused` came in the step `pay`")
    }

    @Test func `a step that takes longer than it may fails`() async throws {
        let scene = try SagaScene()
        let log = Log<String>()
        Self.run(scene, log)
        try await scene.serve { bus in
            try await bus.publish(SagaScene.event("order.placed"))
            while log.all.count < 2 { await Task.yield() }
            while scene.recorder.events(.sagaUndone).isEmpty {
                scene.clock.advance(by: .seconds(1))
                for _ in 0..<50 { await Task.yield() }
            }
        }
        #expect(try await scene.bus.run("o-1", ofSaga: "order")?.failure == "the step `pay` was not done within 1m")
    }

    @Test func `an event that comes before its step, twice, or for another run does no harm`() async throws {
        let scene = try SagaScene()
        let log = Log<String>()
        Self.run(scene, log)
        try await scene.serve { bus in
            try await bus.publish(SagaScene.event("payment.settled", "o-2"))
            try await bus.publish(SagaScene.event("order.placed"))
            try await bus.publish(SagaScene.event("order.placed"))
            try await bus.publish(SagaScene.event("payment.settled"))
            try await bus.publish(SagaScene.event("payment.settled"))
            await scene.recorder.wait(for: .sagaCompleted)
        }
        #expect(log.all.count == 2)
        #expect(scene.published("order.ready").count == 1)
        #expect(try await scene.bus.sagaCounts() == [.completed: 1])
    }

    @Test func `a call that its policy refuses is made later, and ends no step`() async throws {
        let bulkhead = PipelineStep(.bulkhead(try BulkheadPolicy(calls: 1)))
        let scene = try SagaScene(steps: [bulkhead])
        let log = Log<String>()
        let holds = Guarded(true)
        scene.bus.run(saga: "order", calling: "stock.reserve") { _ in }
        scene.bus.run(saga: "order", calling: "stock.release") { _ in }
        scene.bus.run(saga: "order", calling: "payments.charge") { call in
            log.add(call.run)
            while holds.withLock({ $0 }) { await Task.yield() }
        }
        try await scene.serve { bus in
            for order in ["o-1", "o-2"] { try await bus.publish(SagaScene.event("order.placed", order)) }
            while try await Set(["o-1", "o-2"].asyncMap { try await bus.run($0, ofSaga: "order")?.attempts ?? -1 }) != [
                0, 1,
            ] {
                await Task.yield()
            }
            holds.withLock { $0 = false }
            while log.all.count < 2 {
                scene.clock.advance(by: .seconds(1))
                for _ in 0..<50 { await Task.yield() }
            }
        }
        #expect(Set(log.all) == ["o-1", "o-2"])
    }

    @Test func `a run that is stuck is taken up again when somebody says so`() async throws {
        let scene = try SagaScene()
        let fails = Guarded(true)
        scene.bus.run(saga: "order") { call in
            if call.operation == SagaScene.charge || fails.withLock({ $0 }) && call.isCompensation { throw Declined() }
        }
        try await scene.serve { bus in
            try await bus.publish(SagaScene.event("order.placed"))
            while scene.recorder.events(.sagaStuck).isEmpty {
                scene.clock.advance(by: .seconds(60))
                for _ in 0..<50 { await Task.yield() }
            }
            fails.withLock { $0 = false }
            #expect(try await bus.resume("o-1", ofSaga: "order"))
            await scene.recorder.wait(for: .sagaUndone)
            #expect(try await bus.resume("o-1", ofSaga: "order") == false)
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
