// SPDX-License-Identifier: Apache-2.0

public import GRDB
public import WeirEvents

/// Keeps inbox, outbox, locks and runs of sagas in a SQLite database, beside the service's own tables if it likes.
///
/// One process writes at a time; a second one waits. What a method has returned for survives a crash of the process and of the machine
/// (write-ahead log, `synchronous = FULL`).
public final class SQLiteStore: SagaStore {
    /// How long a writer waits for another process, in seconds.
    private static let busySeconds = 5.0

    let database: any DatabaseWriter
    /// Called between the statements of transactions, so that tests let the process die there.
    private let interruption: (@Sendable (String) throws -> Void)?

    /// A store in a database that the service has opened; its tables are made where they are missing.
    /// - Throws: what SQLite throws.
    public convenience init(_ database: any DatabaseWriter) throws { try self.init(database, interruption: nil) }

    /// A store in a file of its own.
    /// - Throws: what SQLite throws, for a path that cannot be written too.
    public convenience init(path: String) throws { try self.init(try Self.pool(path), interruption: nil) }

    init(_ database: any DatabaseWriter, interruption: (@Sendable (String) throws -> Void)?) throws {
        self.database = database
        self.interruption = interruption
        try Self.migrator.migrate(database)
    }

    /// Opens a database as the store needs it.
    static func pool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.prepareDatabase { database in
            if !database.configuration.readonly { try database.execute(sql: "PRAGMA synchronous = FULL") }
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("weir-1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE weir_fence (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
                    INSERT INTO weir_fence VALUES (1, 0);
                    CREATE TABLE weir_inbox (
                      subscription TEXT NOT NULL, event TEXT NOT NULL, fence INTEGER NOT NULL, until INTEGER NOT NULL,
                      done INTEGER NOT NULL, PRIMARY KEY (subscription, event)) WITHOUT ROWID;
                    CREATE INDEX weir_inbox_until ON weir_inbox (until);
                    CREATE TABLE weir_lock (
                      name TEXT PRIMARY KEY, fence INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
                    CREATE TABLE weir_outbox (
                      number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, until INTEGER NOT NULL, failure TEXT);
                    """)
        }
        migrator.registerMigration("weir-2-sagas") { database in
            try database.execute(
                sql: """
                    CREATE TABLE weir_saga (
                      saga TEXT NOT NULL, run TEXT NOT NULL, version INTEGER NOT NULL, phase TEXT NOT NULL, due INTEGER,
                      keep INTEGER, lease INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (saga, run)) WITHOUT ROWID;
                    CREATE INDEX weir_saga_due ON weir_saga (due) WHERE due IS NOT NULL;
                    """)
        }
        return migrator
    }

    /// One transaction; what it throws undoes it.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        let interruption = interruption
        return try await database.write { database in
            let value = try body(Transaction(database: database, interruption: interruption))
            try interruption?("COMMIT")
            return value
        }
    }

    /// A database in a transaction.
    struct Transaction {
        let database: Database
        let interruption: (@Sendable (String) throws -> Void)?

        func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
            try interruption?(sql)
            try database.execute(sql: sql, arguments: arguments)
        }

        func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
            try interruption?(sql)
            return try Row.fetchOne(database, sql: sql, arguments: arguments)
        }

        /// A fence larger than all before it.
        func nextFence() throws -> Int64 {
            try execute("UPDATE weir_fence SET last = last + 1")
            return try row("SELECT last FROM weir_fence")?["last"] ?? 0
        }
    }
}

/// A change of the service's own tables, written in the transaction that notes an event as handled.
public struct SQLiteChange: StagedChange {
    let write: @Sendable (Database) throws -> Void

    /// A change.
    public init(_ write: @escaping @Sendable (Database) throws -> Void) { self.write = write }
}

extension EventContext {
    /// Writes to the database of the ``SQLiteStore`` in the transaction that notes the event as handled: once, or not at all.
    ///
    /// It runs after the handler has returned. What it throws undoes everything, and the event counts as failed.
    public func write(_ change: @escaping @Sendable (Database) throws -> Void) { stage(SQLiteChange(change)) }
}
