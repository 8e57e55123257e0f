// SPDX-License-Identifier: Apache-2.0

public import WeirEvents

/// A transaction on PostgreSQL, in which a store and a handler write together.
public struct PostgreSQLTransaction {
    private let connection: PostgreSQLConnection
    /// Called before each statement, so that tests let the process die there.
    private let interruption: (@Sendable (String) throws -> Void)?

    init(_ connection: PostgreSQLConnection, _ interruption: (@Sendable (String) throws -> Void)?) {
        self.connection = connection
        self.interruption = interruption
    }

    /// Runs a statement, its parameters in the places of `$1`, `$2`, ….
    /// - Throws: ``PostgreSQLError``; the transaction is then undone.
    @discardableResult
    public func run(_ sql: String, _ parameters: [PostgreSQLValue] = []) throws -> PostgreSQLRows {
        try interruption?(sql)
        return try connection.run(sql, parameters)
    }

    /// How often a transaction that met another one is done, at most.
    private static let mostTries = 5

    /// Runs the body in a transaction; what it throws undoes everything.
    static func run<Value>(
        on connection: PostgreSQLConnection, _ interruption: (@Sendable (String) throws -> Void)?,
        _ body: (PostgreSQLTransaction) throws -> Value
    ) throws -> Value {
        var tries = 1
        while true {
            do {
                return try once(on: connection, interruption, body)
            } catch let error as PostgreSQLError where error.isConflict && tries < mostTries {
                tries += 1
            } catch let error as PostgreSQLError where error.sqlState.isEmpty {
                throw StoreError(.unavailable, error.message)
            }
        }
    }

    private static func once<Value>(
        on connection: PostgreSQLConnection, _ interruption: (@Sendable (String) throws -> Void)?,
        _ body: (PostgreSQLTransaction) throws -> Value
    ) throws -> Value {
        do throws(PostgreSQLError) {
            try connection.run("BEGIN")
        } catch {
            // A connection that was lost while nobody used it is noticed here, where nothing has been done yet.
            guard error.sqlState.isEmpty else { throw error }
            try connection.run("BEGIN")
        }
        let value: Value
        do {
            value = try body(PostgreSQLTransaction(connection, interruption))
            try interruption?("COMMIT")
        } catch let error as PostgreSQLError {
            if connection.isConnected { try connection.run("ROLLBACK") }
            throw error
        } catch let error as StoreError {
            try connection.run("ROLLBACK")
            throw error
        } catch {
            // Whatever a handler's change has thrown, or the end of the process that a test plays: nothing of it stays.
            connection.drop()
            throw error
        }
        do throws(PostgreSQLError) {
            try connection.run("COMMIT")
        } catch {
            guard error.sqlState.isEmpty else { throw error }
            throw StoreError(.uncertain, "the connection was lost while it was committed: \(error.message)")
        }
        return value
    }
}

/// A change of the service's own tables, written in the transaction that notes an event as handled.
public struct PostgreSQLChange: StagedChange {
    let write: @Sendable (PostgreSQLTransaction) throws -> Void

    /// A change; it may run more than once, where the transaction meets another one, and is written once.
    public init(_ write: @escaping @Sendable (PostgreSQLTransaction) throws -> Void) { self.write = write }
}

extension EventContext {
    /// Writes to the database of the ``PostgreSQLStore`` in the transaction that notes the event as handled: once, or not at all.
    ///
    /// It runs after the handler has returned. What it throws undoes everything, and the event counts as failed.
    public func write(postgreSQL change: @escaping @Sendable (PostgreSQLTransaction) throws -> Void) {
        stage(PostgreSQLChange(change))
    }
}
