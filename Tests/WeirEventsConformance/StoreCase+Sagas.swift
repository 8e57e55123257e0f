// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

extension StoreCase {
    private static let run = SagaKey(saga: "shop.order", run: "o-1")

    private static func record(
        _ version: Int64, _ phase: String = "running", due: Int64? = 0, keep: Int64? = nil, of key: SagaKey = run
    ) -> SagaRecord {
        SagaRecord(
            key: key, version: version, phase: phase, due: due.map { at($0) }, keep: keep.map { at($0) },
            body: "{\"version\":\(version)}")
    }

    private static func open(_ bench: any StoreBench) async throws -> any SagaStore {
        guard let store = try await bench.open() as? any SagaStore else {
            throw ConformanceFailure(description: "it keeps no sagas")
        }
        return store
    }

    private static func expectConflict(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as StoreError {
            return try expect(error.code, .conflict, "the error")
        }
        throw ConformanceFailure(description: "it is taken, though another version is there")
    }

    static let sagas: [StoreCase] = [
        StoreCase("a run is what was written last, in the next process too") { bench in
            let store = try await open(bench)
            try expect(try await store.saga(run), nil, "what was never written")
            try await store.commit(StoreCommit(changes: [SagaChange(record(1))]), at: at(0))
            try await store.commit(StoreCommit(changes: [SagaChange(record(2, "undoing", due: nil))]), at: at(0))
            let next = try await open(bench)
            try expect(try await next.saga(run), record(2, "undoing", due: nil), "the run")
            try expect(try await next.sagaCounts(), ["undoing": 1], "the counts")
        },
        StoreCase("a run is written over the version before it only, together with its event's note or not at all") {
            bench in
            let store = try await open(bench)
            try await store.commit(StoreCommit(changes: [SagaChange(record(1))]), at: at(0))
            let event = InboxKey(subscription: "shop.saga.order", event: "e")
            guard case .taken(let fence) = try await store.begin(event, until: at(10), at: at(0)) else {
                throw ConformanceFailure(description: "the event is not taken")
            }
            let turn = InboxTurn(key: event, fence: fence)
            for version: Int64 in [1, 3] {
                try await expectConflict {
                    let change = SagaChange(record(version, "late"))
                    try await store.commit(StoreCommit(turn: turn, keep: at(99), changes: [change]), at: at(1))
                }
            }
            try expect(try await store.saga(run), record(1), "the run")
            try expect(try await store.begin(event, until: at(20), at: at(2)), .busy(until: at(10)), "the event")
            let change = SagaChange(record(2))
            try await store.commit(StoreCommit(turn: turn, keep: at(99), changes: [change]), at: at(3))
            try expect(try await store.begin(event, until: at(20), at: at(4)), .done, "the event after it")
        },
        StoreCase("what is due is taken once, until it is given back or its lease is over") { bench in
            let store = try await open(bench)
            let others = [SagaKey(saga: "shop.order", run: "o-2"), SagaKey(saga: "shop.other", run: "o-1")]
            for (key, due) in [(run, 5), (others[0], 3), (others[1], 1)] as [(SagaKey, Int64)] {
                try await store.commit(StoreCommit(changes: [SagaChange(record(1, due: due, of: key))]), at: at(0))
            }
            try expect(
                try await store.takeSagas(of: ["shop.order"], most: 9, until: at(10), at: at(2)).count, 0, "before")
            let first = try await store.takeSagas(of: ["shop.order"], most: 1, until: at(20), at: at(6))
            try expect(first.map(\.key), [others[0]], "the longest due")
            let second = try await store.takeSagas(of: ["shop.order"], most: 9, until: at(20), at: at(6))
            try expect(second.map(\.key), [run], "what nobody has")
            try await store.commit(StoreCommit(changes: [SagaChange(record(2))]), at: at(7))
            try expect(
                try await store.takeSagas(of: ["shop.order"], most: 9, until: at(20), at: at(7)).count, 0, "leased")
            try await store.commit(StoreCommit(changes: [SagaChange(record(3), releases: true)]), at: at(7))
            let third = try await store.takeSagas(of: ["shop.order"], most: 9, until: at(20), at: at(7))
            try expect(third, [record(3)], "what was given back")
            let last = try await open(bench).takeSagas(of: ["shop.order"], most: 9, until: at(40), at: at(20))
            try expect(last.map(\.key.run), ["o-1", "o-2"], "when the lease is over")
        },
        StoreCase("a run that has ended is forgotten when its time is over, and not before") { bench in
            let store = try await open(bench)
            try await store.commit(
                StoreCommit(changes: [SagaChange(record(1, "completed", due: nil, keep: 60))]), at: at(0))
            try await store.forget(at: at(59))
            try expect(try await store.saga(run)?.phase, "completed", "a second before")
            try await store.forget(at: at(60))
            try expect(try await store.saga(run), nil, "after it")
        },
    ]
}
