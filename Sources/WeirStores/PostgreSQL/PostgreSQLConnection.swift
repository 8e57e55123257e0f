// SPDX-License-Identifier: Apache-2.0

import CPostgreSQL
import Glibc
import WeirResilience

/// One connection to a server, made when it is first needed and again after it was lost; one thread uses it, and may wait.
final class PostgreSQLConnection {
    /// How long one statement may take, and how long connecting may, in seconds.
    static let statementSeconds: UInt64 = 10
    static let connectSeconds = 5

    private let server: String
    private var handle: OpaquePointer?

    init(_ server: String) { self.server = server }

    deinit { drop() }

    /// Ends the connection without a word; the server undoes what was not committed.
    func drop() {
        if let handle { PQfinish(handle) }
        handle = nil
    }

    var isConnected: Bool { handle.map { PQstatus($0) == CONNECTION_OK } ?? false }

    private func connected() throws(PostgreSQLError) -> OpaquePointer {
        if let handle, isConnected { return handle }
        drop()
        let defaults = "connect_timeout=\(Self.connectSeconds) client_encoding=UTF8 application_name=weir"
        // Of a setting that stands twice the last one holds, so the service's own go last.
        let made: OpaquePointer? = Self.withSettings(defaults, server) { PQconnectdbParams($0, $1, 1) }
        guard let made else { throw PostgreSQLError(sqlState: "", message: "there is no memory for a connection") }
        handle = made
        guard PQstatus(made) == CONNECTION_OK else {
            let message = Self.text(PQerrorMessage(made))
            drop()
            throw PostgreSQLError(sqlState: "", message: message)
        }
        return made
    }

    /// Calls the body with two lists, of names and values, that end with null; `dbname` may hold a whole connection string.
    private static func withSettings<Result>(
        _ defaults: String, _ server: String,
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var pairs = defaults.split(separator: " ").map { setting in
            let parts = setting.split(separator: "=", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
        pairs.append(("dbname", server))
        let names = CTexts(pairs.map { $0.0 } + [nil]), values = CTexts(pairs.map { $0.1 } + [nil])
        return names.withPointers { names in values.withPointers { values in body(names, values) } }
    }

    /// Runs one statement and waits for its end.
    /// - Throws: ``PostgreSQLError``; without a state the connection is lost, and nobody can tell what became of the statement.
    @discardableResult
    func run(_ sql: String, _ parameters: [PostgreSQLValue] = []) throws(PostgreSQLError) -> PostgreSQLRows {
        let handle = try connected()
        let values = CTexts(parameters.map(\.text))
        let isSent = values.withPointers { values in
            PQsendQueryParams(handle, sql, Int32(parameters.count), nil, values, nil, nil, 0) == 1
        }
        guard isSent else { throw lost(Self.text(PQerrorMessage(handle))) }
        let end = EngineClock.system.now + Self.statementSeconds * 1_000_000_000
        var found = PostgreSQLRows(rows: [], changed: 0)
        var failure: PostgreSQLError?
        while let result = try next(handle, until: end) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK: found = Self.rows(result)
            default: failure = failure ?? Self.error(result)
            }
        }
        guard isConnected else { throw lost(failure?.message ?? Self.text(PQerrorMessage(handle))) }
        if let failure { throw failure }
        return found
    }

    /// The next result of the statement that runs; nil: there are no more.
    private func next(_ handle: OpaquePointer, until end: UInt64) throws(PostgreSQLError) -> OpaquePointer? {
        while PQisBusy(handle) == 1 {
            let now = EngineClock.system.now
            guard now < end else { throw lost("the server did not answer within \(Self.statementSeconds) s") }
            var waited = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            guard waited.fd >= 0 else { throw lost("the connection is gone") }
            if PQflush(handle) == 1 { waited.events |= Int16(POLLOUT) }
            _ = poll(&waited, 1, Int32(min((end - now) / 1_000_000 + 1, 1000)))
            guard PQconsumeInput(handle) == 1 else { throw lost(Self.text(PQerrorMessage(handle))) }
        }
        return PQgetResult(handle)
    }

    private func lost(_ message: String) -> PostgreSQLError {
        drop()
        return PostgreSQLError(sqlState: "", message: message)
    }

    // MARK: Results

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        let text = pointer.map { String(cString: $0) } ?? ""
        return String(text.split(separator: "\n").joined(separator: " "))
    }

    private static func error(_ result: OpaquePointer) -> PostgreSQLError {
        let field = { (code: Int32) in text(PQresultErrorField(result, code)) }
        let state = field(Int32(UInt8(ascii: "C")))
        let message = field(Int32(UInt8(ascii: "M")))
        return PostgreSQLError(sqlState: state, message: message.isEmpty ? text(PQresultErrorMessage(result)) : message)
    }

    private static func rows(_ result: OpaquePointer) -> PostgreSQLRows {
        let columns = PQnfields(result)
        let rows = (0..<PQntuples(result)).map { row in
            (0..<columns).map { column in
                PQgetisnull(result, row, column) == 1
                    ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
            }
        }
        return PostgreSQLRows(rows: rows, changed: Int(text(PQcmdTuples(result))) ?? 0)
    }
}

/// Texts as C has them, for as long as it lives.
private final class CTexts {
    private let texts: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String?]) { self.texts = texts.map { $0.flatMap { strdup($0) } } }

    deinit { for text in texts { free(text) } }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        // One more, so that an empty list has an address.
        let pointers = texts.map { UnsafePointer($0) } + [nil]
        return withExtendedLifetime(self) {
            pointers.withUnsafeBufferPointer { buffer in
                var none: UnsafePointer<CChar>?
                return buffer.baseAddress.map { body($0) } ?? withUnsafePointer(to: &none) { body($0) }
            }
        }
    }
}
