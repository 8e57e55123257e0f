// SPDX-License-Identifier: Apache-2.0

import GRDB
import Testing
import WeirEvents
import WeirEventsConformance
import WeirPolicy

@testable import WeirStores

/// The store in SQLite under the table that every store has to keep to, and what it leaves when the process dies in the middle.
@Suite struct SQLiteStoreTests {
    struct Bench: StoreBench {
        let path: String
        func open() async throws -> any EventStore { try SQLiteStore(path: path) }
    }

    @Test(arguments: StoreCase.all)
    func `keeps to the rules of stores`(rule: StoreCase) async throws {
        try await TemporaryDirectory.with { directory in try await rule.run(Bench(path: directory + "/events.sqlite")) }
    }

    private static let start = Timestamp(secondsSince1970: 1_800_000_000)
    private static let key = InboxKey(subscription: "billing", event: "1")

    private struct Left: Equatable {
        let isDone: Bool
        let outbox: Int
        let orders: Int

        /// What a store holds of the one event of these tests.
        init(_ store: SQLiteStore) async throws {
            isDone = try await store.begin(key, until: start + .seconds(200), at: start + .seconds(100)) == .done
            outbox = try await store.outboxCounts().waiting
            orders = try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM orders") ?? -1 }
        }

        init(isDone: Bool, outbox: Int, orders: Int) {
            self.isDone = isDone
            self.outbox = outbox
            self.orders = orders
        }
    }

    /// Handles one event: its turn, then the note, an event for the outbox and a row of the service's own in one transaction.
    private static func handle(_ store: SQLiteStore) async throws {
        guard case .taken(let fence) = try await store.begin(key, until: start + .seconds(10), at: start) else {
            return
        }
        var event = Event("order.paid", ["order-id": "o-1"])
        event.id = "1.billing.1"
        event.source = "/shop"
        try await store.commit(
            StoreCommit(
                turn: InboxTurn(key: key, fence: fence), keep: start + .seconds(3600), outbox: [event],
                changes: [SQLiteChange { try $0.execute(sql: "INSERT INTO orders VALUES ('o-1')") }]), at: start)
    }

    private static func store(
        _ path: String, _ interruption: (@Sendable (String) throws -> Void)? = nil
    ) throws -> SQLiteStore {
        let pool = try SQLiteStore.pool(path)
        try pool.write { try $0.execute(sql: "CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY)") }
        return try SQLiteStore(pool, interruption: interruption)
    }

    @Test func `a process that dies between any two statements leaves all of a transaction or nothing`() async throws {
        struct Died: Error {}
        try await TemporaryDirectory.with { directory in
            var step = 0
            while true {
                let path = "\(directory)/\(step).sqlite"
                let count = Counter()
                let dying = try Self.store(path) { [step] _ in if count.next() == step { throw Died() } }
                let isDead: Bool
                do {
                    try await Self.handle(dying)
                    isDead = false
                } catch is Died {
                    isDead = true
                }
                let left = try await Left(try Self.store(path))
                #expect(left == Left(isDone: !isDead, outbox: isDead ? 0 : 1, orders: isDead ? 0 : 1), "step \(step)")
                guard isDead else { break }
                // The next process does it again, to the same end.
                try await Self.handleAgain(path)
                step += 1
            }
            #expect(step > 8)
        }
    }

    private static func handleAgain(_ path: String) async throws {
        let store = try store(path)
        // The check has taken the turn, so the next process waits for the end of that lease.
        let later = start + .seconds(300)
        guard case .taken(let fence) = try await store.begin(key, until: later + .seconds(10), at: later) else {
            Issue.record("the event is stuck")
            return
        }
        let commit = StoreCommit(
            turn: InboxTurn(key: key, fence: fence), keep: later + .seconds(3600),
            changes: [SQLiteChange { try $0.execute(sql: "INSERT INTO orders VALUES ('o-1')") }])
        try await store.commit(commit, at: later)
        #expect(try await store.begin(key, until: later + .seconds(20), at: later) == .done)
    }

    @Test func `files as a power cut leaves them between any two statements hold all of a transaction or nothing`()
        async throws
    {
        try await TemporaryDirectory.with { directory in
            let path = directory + "/live.sqlite"
            let count = Counter()
            let images = Counter()
            let live = try Self.store(path) { _ in
                let image = "\(directory)/image-\(count.next()).sqlite"
                try FileCopy.copy(path, to: image)
                if FileCopy.exists(path + "-wal") { try FileCopy.copy(path + "-wal", to: image + "-wal") }
                _ = images.next()
            }
            try await Self.handle(live)
            let total = images.value
            #expect(total > 8)
            for number in 0..<total {
                let left = try await Left(try Self.store("\(directory)/image-\(number).sqlite"))
                // None of them is after the commit, so none of them has anything of it.
                #expect(left == Left(isDone: false, outbox: 0, orders: 0), "image \(number)")
            }
            #expect(try await Left(live) == Left(isDone: true, outbox: 1, orders: 1))
        }
    }

    @Test func `two processes on one file never hold the same event`() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory + "/events.sqlite"
            let stores = [try SQLiteStore(path: path), try SQLiteStore(path: path)]
            let taken = Counter()
            await withTaskGroup(of: Void.self) { group in
                for store in stores {
                    group.addTask {
                        for number in 0..<50 {
                            let key = InboxKey(subscription: "billing", event: "\(number)")
                            let claim = try? await store.begin(key, until: Self.start + .seconds(60), at: Self.start)
                            if case .taken = claim { _ = taken.next() }
                        }
                    }
                }
            }
            #expect(taken.value == 50)
        }
    }
}
