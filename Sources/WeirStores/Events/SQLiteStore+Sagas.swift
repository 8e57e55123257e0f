// SPDX-License-Identifier: Apache-2.0

import GRDB
public import WeirEvents
import WeirPolicy

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SQLiteStore {
    private static let columns = "saga, run, version, phase, due, keep, body"

    public func saga(_ key: SagaKey) async throws -> SagaRecord? {
        try await database.read { database in
            try Row.fetchOne(
                database, sql: "SELECT \(Self.columns) FROM weir_saga WHERE saga = ? AND run = ?",
                arguments: [key.saga, key.run]
            ).map(SagaRecord.init)
        }
    }

    public func takeSagas(
        of sagas: [String], most: Int, until lease: Timestamp, at now: Timestamp
    ) async throws -> [SagaRecord] {
        guard !sagas.isEmpty else { return [] }
        let places = sagas.map { _ in "?" }.joined(separator: ", ")
        let selection =
            "SELECT \(Self.columns) FROM weir_saga WHERE due <= ? AND lease <= ? AND saga IN (\(places))"
            + " ORDER BY due, run LIMIT ?"
        let time = now.nanosecondsSince1970
        // Most looks find nothing, and need not wait for a writer.
        let arguments = StatementArguments([time, time]) + StatementArguments(sagas) + [most]
        let isDue = try await database.read { database in
            try Row.fetchOne(database, sql: selection, arguments: arguments) != nil
        }
        guard isDue else { return [] }
        return try await write { transaction in
            let records = try Row.fetchAll(transaction.database, sql: selection, arguments: arguments)
                .map(SagaRecord.init)
            for record in records {
                try transaction.execute(
                    "UPDATE weir_saga SET lease = ? WHERE saga = ? AND run = ?",
                    [lease.nanosecondsSince1970, record.key.saga, record.key.run])
            }
            return records
        }
    }

    public func sagaCounts() async throws -> [String: Int] {
        try await database.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT phase, count(*) AS runs FROM weir_saga GROUP BY phase")
            return Dictionary(rows.map { ($0["phase"], $0["runs"]) }) { first, _ in first }
        }
    }
}

extension SagaRecord {
    fileprivate init(_ row: Row) {
        let (due, keep): (Int64?, Int64?) = (row["due"], row["keep"])
        self.init(
            key: SagaKey(saga: row["saga"], run: row["run"]), version: row["version"], phase: row["phase"],
            due: due.map { Timestamp(nanosecondsSince1970: $0) },
            keep: keep.map { Timestamp(nanosecondsSince1970: $0) },
            body: row["body"])
    }
}

extension SagaChange {
    /// Writes the run over the version before it.
    func write(_ database: Database) throws {
        let lease = releases ? "0" : "lease"
        try database.execute(
            sql: "INSERT INTO weir_saga VALUES (?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO UPDATE SET"
                + " version = excluded.version, phase = excluded.phase, due = excluded.due, keep = excluded.keep,"
                + " body = excluded.body, lease = \(lease) WHERE version = excluded.version - 1",
            arguments: [
                record.key.saga, record.key.run, record.version, record.phase, record.due?.nanosecondsSince1970,
                record.keep?.nanosecondsSince1970, record.body,
            ])
        guard database.changesCount == 1 else { throw conflict }
    }
}
