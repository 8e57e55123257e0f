// SPDX-License-Identifier: Apache-2.0

public import WeirEvents
import WeirPolicy

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgreSQLStore {
    public func saga(_ key: SagaKey) async throws -> SagaRecord? {
        let found = try await write { transaction in
            try transaction.run(
                "SELECT \(SagaRecord.columns) FROM weir_saga WHERE saga = $1 AND run = $2",
                [.text(key.saga), .text(key.run)])
        }
        return try found.rows.first.map { try SagaRecord(row: $0) }
    }

    public func takeSagas(
        of sagas: [String], most: Int, until lease: Timestamp, at now: Timestamp
    ) async throws -> [SagaRecord] {
        guard !sagas.isEmpty else { return [] }
        let places = sagas.indices.map { "$\($0 + 4)" }.joined(separator: ", ")
        let taken = try await write { transaction in
            try transaction.run(
                "WITH next AS (SELECT saga, run FROM weir_saga WHERE due <= $1 AND lease <= $1 AND saga IN (\(places))"
                    + " ORDER BY due, run LIMIT $2 FOR UPDATE SKIP LOCKED)"
                    + " UPDATE weir_saga SET lease = $3 FROM next"
                    + " WHERE weir_saga.saga = next.saga AND weir_saga.run = next.run"
                    + " RETURNING \(SagaRecord.columns)",
                [.integer(now.nanosecondsSince1970), .integer(Int64(most)), .integer(lease.nanosecondsSince1970)]
                    + sagas.map { .text($0) })
        }
        return try taken.rows.map { try SagaRecord(row: $0) }
            .sorted { ($0.due ?? now, $0.key.run) < ($1.due ?? now, $1.key.run) }
    }

    public func sagaCounts() async throws -> [String: Int] {
        let counts = try await write { transaction in
            try transaction.run("SELECT phase, count(*) FROM weir_saga GROUP BY phase")
        }
        let pairs = counts.rows.compactMap { row -> (String, Int)? in
            guard let phase = row[0], let runs = row[1].flatMap({ Int($0) }) else { return nil }
            return (phase, runs)
        }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension SagaRecord {
    fileprivate static let columns =
        "weir_saga.saga, weir_saga.run, version, phase, due, keep, body"

    fileprivate init(row: [String?]) throws(StoreError) {
        guard row.count == 7, let saga = row[0], let run = row[1], let version = row[2].flatMap({ Int64($0) }),
            let phase = row[3], let body = row[6]
        else { throw StoreError(.damaged, "the table `weir_saga` holds a row that cannot be read") }
        let time: (Int) -> Timestamp? = { place in
            row[place].flatMap { Int64($0) }.map { Timestamp(nanosecondsSince1970: $0) }
        }
        self.init(
            key: SagaKey(saga: saga, run: run), version: version, phase: phase, due: time(4), keep: time(5), body: body)
    }
}

extension SagaChange {
    /// Writes the run over the version before it.
    func write(_ transaction: PostgreSQLTransaction) throws {
        let written = try transaction.run(
            "INSERT INTO weir_saga VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (saga, run) DO UPDATE SET"
                + " version = excluded.version, phase = excluded.phase, due = excluded.due, keep = excluded.keep,"
                + " body = excluded.body, lease = \(releases ? "0" : "weir_saga.lease")"
                + " WHERE weir_saga.version = excluded.version - 1",
            [
                .text(record.key.saga), .text(record.key.run), .integer(record.version), .text(record.phase),
                record.due.map { .integer($0.nanosecondsSince1970) } ?? .null,
                record.keep.map { .integer($0.nanosecondsSince1970) } ?? .null, .text(record.body),
            ])
        guard written.changed == 1 else { throw conflict }
    }
}
