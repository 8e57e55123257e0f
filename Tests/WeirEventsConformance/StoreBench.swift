// SPDX-License-Identifier: Apache-2.0

public import WeirEvents
import WeirPolicy

/// A store under test, and its end without a word.
public protocol StoreBench: Sendable {
    /// Opens the store; a second time: over what the first has left, as a process that starts anew.
    func open() async throws -> any EventStore
}

/// One thing that every store does.
public struct StoreCase: Sendable, CustomStringConvertible {
    /// The rule, as a sentence.
    public let description: String
    /// Throws a ``ConformanceFailure`` where the store does not keep to it.
    public let run: @Sendable (any StoreBench) async throws -> Void

    init(_ rule: String, _ run: @escaping @Sendable (any StoreBench) async throws -> Void) {
        description = rule
        self.run = run
    }

    static let start = Timestamp(secondsSince1970: 1_800_000_000)
    static func at(_ seconds: Int64) -> Timestamp { start + .seconds(seconds) }
    private static let key = InboxKey(subscription: "shop.billing", event: "/shop\n1")
    private static func event(_ number: Int) -> Event {
        Event("order.placed", ["total": .integer(Int64(number))]).named("\(number)")
    }

    private static func fence(_ claim: LeaseRecords<InboxKey>.Claim) throws -> UInt64 {
        guard case .taken(let fence) = claim else { throw ConformanceFailure(description: "it is not taken: \(claim)") }
        return fence
    }

    /// Everything that a store has to do.
    public static let all = inbox + outbox + locks + sagas

    static let inbox: [StoreCase] = [
        StoreCase("an event has one holder at a time, and none once it is done") { bench in
            let store = try await bench.open()
            let fence = try fence(try await store.begin(key, until: at(10), at: at(0)))
            try expect(try await store.begin(key, until: at(11), at: at(1)), .busy(until: at(10)), "the second claim")
            let turn = InboxTurn(key: key, fence: fence)
            try await store.commit(StoreCommit(turn: turn, keep: at(3600)), at: at(2))
            try expect(try await store.begin(key, until: at(20), at: at(3)), .done, "the claim of what is done")
            let other = InboxKey(subscription: "shop.other", event: key.event)
            _ = try Self.fence(try await store.begin(other, until: at(20), at: at(3)))
        },
        StoreCase("what is done is forgotten when its time is over, and not before") { bench in
            let store = try await bench.open()
            let fence = try fence(try await store.begin(key, until: at(10), at: at(0)))
            try await store.commit(StoreCommit(turn: InboxTurn(key: key, fence: fence), keep: at(3600)), at: at(1))
            try await store.forget(at: at(3599))
            try expect(try await store.begin(key, until: at(3700), at: at(3599)), .done, "a second before")
            try await store.forget(at: at(3600))
            _ = try Self.fence(try await store.begin(key, until: at(3700), at: at(3600)))
        },
        StoreCase("who comes too late changes nothing") { bench in
            let store = try await bench.open()
            let first = try fence(try await store.begin(key, until: at(10), at: at(0)))
            let second = try fence(try await store.begin(key, until: at(30), at: at(10)))
            try expect(second > first, "the fence does not grow")
            let late = StoreCommit(
                turn: InboxTurn(key: key, fence: first), keep: at(3600), outbox: [event(1)])
            do {
                try await store.commit(late, at: at(11))
                throw ConformanceFailure(description: "the late commit is taken")
            } catch let error as StoreError {
                try expect(error.code, .fenceLost, "the error")
            }
            try expect(try await store.outboxCounts().waiting, 0, "what the late commit left")
            try await store.giveBack(InboxTurn(key: key, fence: first))
            try expect(try await store.begin(key, until: at(40), at: at(12)), .busy(until: at(30)), "the holder")
        },
        StoreCase("what is given back is free at once") { bench in
            let store = try await bench.open()
            let first = try fence(try await store.begin(key, until: at(10), at: at(0)))
            try await store.giveBack(InboxTurn(key: key, fence: first))
            let second = try fence(try await store.begin(key, until: at(10), at: at(1)))
            try expect(second > first, "the fence does not grow")
        },
        StoreCase("a turn whose holder is gone is free when its lease is over") { bench in
            let first = try fence(try await bench.open().begin(key, until: at(10), at: at(0)))
            let store = try await bench.open()
            try expect(try await store.begin(key, until: at(19), at: at(9)), .busy(until: at(10)), "before")
            let second = try fence(try await store.begin(key, until: at(20), at: at(10)))
            try expect(second > first, "the fence does not grow")
        },
        StoreCase("what is done stays done in the next process") { bench in
            let store = try await bench.open()
            let fence = try fence(try await store.begin(key, until: at(10), at: at(0)))
            let commit = StoreCommit(turn: InboxTurn(key: key, fence: fence), keep: at(3600), outbox: [event(1)])
            try await store.commit(commit, at: at(1))
            let next = try await bench.open()
            try expect(try await next.begin(key, until: at(12), at: at(2)), .done, "the claim")
            try expect(try await next.outboxCounts().waiting, 1, "the outbox")
        },
    ]

    static let outbox: [StoreCase] = [
        StoreCase("events leave the outbox in their order, as they came in") { bench in
            let store = try await bench.open()
            for number in 1...5 { try await store.commit(StoreCommit(outbox: [event(number)]), at: at(0)) }
            let first = try await store.takeOutbox(most: 3, until: at(10), at: at(1))
            try expect(first.map(\.event), (1...3).map { event($0) }, "the first three")
            let second = try await store.takeOutbox(most: 3, until: at(10), at: at(1))
            try expect(second.map(\.event), (4...5).map { event($0) }, "the rest")
            try await store.sent(first.map(\.number))
            try expect(try await store.outboxCounts().waiting, 2, "what waits")
        },
        StoreCase("what was taken and not sent is taken again when the lease is over") { bench in
            try await bench.open().commit(StoreCommit(outbox: [event(1), event(2)]), at: at(0))
            let gone = try await bench.open().takeOutbox(most: 9, until: at(10), at: at(1))
            let store = try await bench.open()
            try expect(try await store.takeOutbox(most: 9, until: at(19), at: at(9)).count, 0, "before")
            try expect(try await store.takeOutbox(most: 9, until: at(20), at: at(10)), gone, "after")
        },
        StoreCase("what cannot be published is kept apart") { bench in
            let store = try await bench.open()
            try await store.commit(StoreCommit(outbox: [event(1), event(2)]), at: at(0))
            let taken = try await store.takeOutbox(most: 9, until: at(10), at: at(1))
            try await store.failed(taken[0].number, because: "returned")
            let next = try await store.takeOutbox(most: 9, until: at(30), at: at(20))
            try expect(next.map(\.event), [event(2)], "what is taken again")
            let counts = try await store.outboxCounts()
            try expect([counts.waiting, counts.failed], [1, 1], "the counts")
        },
        StoreCase("a commit with a change that it does not know leaves nothing") { bench in
            struct Strange: StagedChange {}
            let store = try await bench.open()
            do {
                try await store.commit(StoreCommit(outbox: [event(1)], changes: [Strange()]), at: at(0))
                throw ConformanceFailure(description: "it is taken")
            } catch let error as StoreError {
                try expect(error.code, .unknownChange, "the error")
            }
            try expect(try await store.outboxCounts().waiting, 0, "what it left")
        },
    ]

    static let locks: [StoreCase] = [
        StoreCase("a lock has one holder, whose fence is larger than all before it") { bench in
            let store = try await bench.open()
            var last: UInt64 = 0
            for round in 0..<4 {
                let time = Int64(round * 20)
                guard case .taken(let fence) = try await store.lock("a", until: at(time + 10), at: at(time)) else {
                    throw ConformanceFailure(description: "it is not taken")
                }
                try expect(fence > last, "the fence does not grow")
                last = fence
                let second = try await store.lock("a", until: at(time + 12), at: at(time + 2))
                try expect(second, .busy(until: at(time + 10)), "the second claim")
                // Every other holder vanishes, and its lease runs out.
                if round % 2 == 0 { try await store.unlock("a", fence: fence) }
            }
        },
        StoreCase("who has lost a lock cannot give it back for the next") { bench in
            let store = try await bench.open()
            guard case .taken(let first) = try await store.lock("a", until: at(10), at: at(0)),
                case .taken = try await store.lock("a", until: at(30), at: at(10))
            else { throw ConformanceFailure(description: "it is not taken") }
            try await store.unlock("a", fence: first)
            try expect(try await store.lock("a", until: at(40), at: at(11)), .busy(until: at(30)), "the holder")
        },
    ]
}

extension Event {
    fileprivate func named(_ id: String) -> Event {
        var event = self
        event.id = id
        event.source = "/shop"
        return event
    }
}
