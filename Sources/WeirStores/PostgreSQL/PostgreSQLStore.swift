// SPDX-License-Identifier: Apache-2.0

public import WeirEvents

/// Keeps inbox, outbox, locks and runs of sagas in PostgreSQL 15 or later, for a service that runs on several machines.
///
/// What a method has returned for survives a crash of the process and, by the server's settings, of the machine. Times are those of the
/// callers, so their clocks have to agree better than leases are long.
public final class PostgreSQLStore: SagaStore {
    /// How many connections a store has when nothing else is said.
    public static let defaultConnections = 4
    /// Held while tables are made, so that two services that start together do not meet.
    private static let migrationLock = 0x0057_6569_7201

    let pool: PostgreSQLPool
    private let interruption: (@Sendable (String) throws -> Void)?

    /// A store at a server; its tables are made where they are missing.
    ///
    /// - Parameters:
    ///   - server: a connection string of libpq, `postgresql://user@host/database?sslmode=verify-full` or `host=… dbname=…`.
    ///   - connections: how many, each with a thread of its own; 1 to 64.
    /// - Throws: ``StoreError`` `unavailable` when the server cannot be reached within some seconds, ``PostgreSQLError`` when it refuses.
    public convenience init(
        _ server: String, connections: Int = PostgreSQLStore.defaultConnections
    ) async throws {
        try await self.init(server, connections: connections, interruption: nil)
    }

    init(
        _ server: String, connections: Int, interruption: (@Sendable (String) throws -> Void)?
    ) async throws {
        pool = PostgreSQLPool(server, connections: connections)
        self.interruption = interruption
        try await pool.run { connection in
            try PostgreSQLTransaction.run(on: connection, nil) { transaction in
                try transaction.run("SELECT pg_advisory_xact_lock($1)", [.integer(Int64(Self.migrationLock))])
                try transaction.run("SET LOCAL client_min_messages = warning")
                for statement in Self.tables { try transaction.run(statement) }
            }
        }
    }

    private static let tables = [
        "CREATE SEQUENCE IF NOT EXISTS weir_fence",
        """
        CREATE TABLE IF NOT EXISTS weir_inbox (
          subscription text NOT NULL, event text NOT NULL, fence bigint NOT NULL, until bigint NOT NULL,
          done boolean NOT NULL, PRIMARY KEY (subscription, event))
        """,
        "CREATE INDEX IF NOT EXISTS weir_inbox_until ON weir_inbox (until)",
        "CREATE TABLE IF NOT EXISTS weir_lock (name text PRIMARY KEY, fence bigint NOT NULL, until bigint NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS weir_outbox (
          number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event text NOT NULL, until bigint NOT NULL, failure text)
        """,
        """
        CREATE TABLE IF NOT EXISTS weir_saga (
          saga text NOT NULL, run text NOT NULL, version bigint NOT NULL, phase text NOT NULL, due bigint, keep bigint,
          lease bigint NOT NULL, body text NOT NULL, PRIMARY KEY (saga, run))
        """,
        "CREATE INDEX IF NOT EXISTS weir_saga_due ON weir_saga (due) WHERE due IS NOT NULL",
    ]

    /// One transaction; what it throws undoes it.
    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLTransaction) throws -> Value
    ) async throws -> Value {
        let interruption = interruption
        return try await pool.run { try PostgreSQLTransaction.run(on: $0, interruption, body) }
    }
}
