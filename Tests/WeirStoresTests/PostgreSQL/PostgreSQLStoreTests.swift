// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirEventsConformance
import WeirPolicy

@testable import WeirStores

/// The store in PostgreSQL, on a real server, under the table that every store has to keep to, and what it leaves when the process dies.
@Suite(.serialized) struct PostgreSQLStoreTests {
    struct Bench: StoreBench {
        let connection: String
        func open() async throws -> any EventStore { try await PostgreSQLStore(connection, connections: 2) }
    }

    private static let schemas = Counter()

    /// The connection string of a new schema.
    private static func place() async throws -> String {
        let server = try PostgreSQLServer.shared.get()
        let schema = "s\(schemas.next())"
        let pool = PostgreSQLPool(server.connection, connections: 1)
        _ = try await pool.run { try $0.run("CREATE SCHEMA \(schema)") }
        return server.connection(schema: schema)
    }

    @Test(arguments: StoreCase.all)
    func `keeps to the rules of stores`(rule: StoreCase) async throws {
        try await rule.run(Bench(connection: try await Self.place()))
    }

    private static let start = Timestamp(secondsSince1970: 1_800_000_000)
    private static let key = InboxKey(subscription: "billing", event: "1")

    private struct Left: Equatable {
        var isDone: Bool
        var outbox: Int
        var orders: Int
    }

    /// What a new process finds of the one event of these tests.
    private static func left(_ connection: String) async throws -> Left {
        let store = try await PostgreSQLStore(connection, connections: 1)
        let claim = try await store.begin(key, until: start + .seconds(200), at: start + .seconds(100))
        let orders = try await store.pool.run { try $0.run("SELECT count(*) FROM orders").rows }
        return Left(
            isDone: claim == .done, outbox: try await store.outboxCounts().waiting,
            orders: orders.first?.first.flatMap { $0 }.flatMap { Int($0) } ?? -1)
    }

    /// Handles one event: its turn, then the note, an event for the outbox and a row of the service's own in one transaction.
    private static func handle(_ store: PostgreSQLStore, at now: Timestamp) async throws {
        guard case .taken(let fence) = try await store.begin(key, until: now + .seconds(10), at: now) else { return }
        let event = Event("order.paid", data: .json(["order-id": "o-1"]), id: "1.billing.1", source: "/shop")
        let insertion = PostgreSQLChange { try $0.run("INSERT INTO orders VALUES ($1)", ["o-1"]) }
        try await store.commit(
            StoreCommit(
                turn: InboxTurn(key: key, fence: fence), keep: now + .seconds(3600), outbox: [event],
                changes: [insertion]), at: now)
    }

    @Test func `a process that dies between any two statements leaves all of a transaction or nothing`() async throws {
        struct Died: Error {}
        var step = 0
        while true {
            let place = try await Self.place()
            let count = Counter()
            let dying = try await PostgreSQLStore(place, connections: 1) { [step] _ in
                if count.next() == step { throw Died() }
            }
            _ = try await dying.pool.run { try $0.run("CREATE TABLE orders (id text PRIMARY KEY)") }
            let isDead: Bool
            do {
                try await Self.handle(dying, at: Self.start)
                isDead = false
            } catch is Died {
                isDead = true
            }
            let left = try await Self.left(place)
            #expect(left == Left(isDone: !isDead, outbox: isDead ? 0 : 1, orders: isDead ? 0 : 1), "step \(step)")
            guard isDead else { break }
            // The next process does it again, to the same end; the look above holds the turn, so it waits for that lease to end.
            try await Self.handle(try await PostgreSQLStore(place, connections: 1), at: Self.start + .seconds(300))
            #expect(try await Self.left(place) == Left(isDone: true, outbox: 1, orders: 1), "step \(step), again")
            step += 1
        }
        #expect(step > 7)
    }

    @Test func `two machines never hold the same event`() async throws {
        let place = try await Self.place()
        let stores = [
            try await PostgreSQLStore(place, connections: 4), try await PostgreSQLStore(place, connections: 4),
        ]
        let taken = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                for store in stores {
                    group.addTask {
                        let key = InboxKey(subscription: "billing", event: "\(number)")
                        let claim = try await store.begin(key, until: Self.start + .seconds(60), at: Self.start)
                        if case .taken = claim { _ = taken.next() }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(taken.value == 50)
    }

    @Test func `a connection that the server ends is made again`() async throws {
        let store = try await PostgreSQLStore(try await Self.place(), connections: 1)
        let process = try await store.pool.run { try $0.run("SELECT pg_backend_pid()").rows }
        let number = try #require(process.first?.first.flatMap { $0 }.flatMap { Int64($0) })
        let pool = PostgreSQLPool(try PostgreSQLServer.shared.get().connection, connections: 1)
        _ = try await pool.run { try $0.run("SELECT pg_terminate_backend($1, 5000)", [.integer(number)]) }
        #expect(try await store.outboxCounts().waiting == 0)
    }

    @Test func `a server that is not there is an error, not a wait`() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await PostgreSQLStore("host=/nowhere-weir dbname=postgres", connections: 1)
        }
        #expect(error?.code == .unavailable)
    }
}
