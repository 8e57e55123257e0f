// SPDX-License-Identifier: Apache-2.0

public import WeirEvents
import WeirPolicy

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension PostgreSQLStore {
    public func begin(
        _ key: InboxKey, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<InboxKey>.Claim {
        try await write { transaction in
            let row: [PostgreSQLValue] = [.text(key.subscription), .text(key.event)]
            let held = try transaction.held(
                insert: "INSERT INTO weir_inbox VALUES ($1, $2, 0, 0, false) ON CONFLICT DO NOTHING",
                select: "SELECT until, done FROM weir_inbox WHERE subscription = $1 AND event = $2 FOR UPDATE", row)
            if now < held.until { return held.isDone ? .done : .busy(until: held.until) }
            let taken = try transaction.run(
                "UPDATE weir_inbox SET fence = nextval('weir_fence'), until = $3, done = false"
                    + " WHERE subscription = $1 AND event = $2 RETURNING fence",
                row + [.integer(lease.nanosecondsSince1970)])
            return .taken(fence: try taken.fence())
        }
    }

    public func commit(_ commit: StoreCommit, at now: Timestamp) async throws {
        let events = try commit.outbox.map {
            String(decoding: try WireMessage($0, as: .structured).body, as: UTF8.self)
        }
        let changes = try commit.changes.map { change in
            switch change {
            case let change as PostgreSQLChange: change
            case let change as SagaChange: PostgreSQLChange { try change.write($0) }
            default: throw StoreError(.unknownChange, "PostgreSQL has no place for \(type(of: change))")
            }
        }
        try await write { transaction in
            if let turn = commit.turn {
                let noted = try transaction.run(
                    "UPDATE weir_inbox SET done = true, until = $4"
                        + " WHERE subscription = $1 AND event = $2 AND fence = $3 AND NOT done",
                    [
                        .text(turn.key.subscription), .text(turn.key.event), .integer(Int64(bitPattern: turn.fence)),
                        .integer((commit.keep ?? now).nanosecondsSince1970),
                    ])
                guard noted.changed == 1 else {
                    throw StoreError(.fenceLost, "somebody else has taken over `\(turn.key.event)`")
                }
            }
            for event in events {
                try transaction.run("INSERT INTO weir_outbox (event, until) VALUES ($1, 0)", [.text(event)])
            }
            for change in changes { try change.write(transaction) }
        }
    }

    public func giveBack(_ turn: InboxTurn) async throws {
        try await write { transaction in
            try transaction.run(
                "DELETE FROM weir_inbox WHERE subscription = $1 AND event = $2 AND fence = $3 AND NOT done",
                [.text(turn.key.subscription), .text(turn.key.event), .integer(Int64(bitPattern: turn.fence))])
        }
    }

    public func takeOutbox(most: Int, until lease: Timestamp, at now: Timestamp) async throws -> [OutboxEvent] {
        let taken = try await write { transaction in
            try transaction.run(
                "WITH next AS (SELECT number FROM weir_outbox WHERE failure IS NULL AND until <= $1"
                    + " ORDER BY number LIMIT $2 FOR UPDATE SKIP LOCKED)"
                    + " UPDATE weir_outbox SET until = $3 FROM next WHERE weir_outbox.number = next.number"
                    + " RETURNING weir_outbox.number, event",
                [.integer(now.nanosecondsSince1970), .integer(Int64(most)), .integer(lease.nanosecondsSince1970)])
        }
        return try taken.rows.map { row in
            guard let number = row[0].flatMap({ Int64($0) }), let body = row[1] else {
                throw StoreError(.damaged, "the outbox holds a row without an event")
            }
            let message = WireMessage(contentType: WireMessage.structuredType, body: Array(body.utf8))
            do throws(EventFormatError) {
                return OutboxEvent(number: number, event: try Event(message))
            } catch {
                throw StoreError(.damaged, "event \(number) of the outbox cannot be read: \(error)")
            }
        }.sorted { $0.number < $1.number }
    }

    public func sent(_ numbers: [Int64]) async throws {
        try await write { transaction in
            for number in numbers {
                try transaction.run("DELETE FROM weir_outbox WHERE number = $1", [.integer(number)])
            }
        }
    }

    public func failed(_ number: Int64, because reason: String) async throws {
        try await write { transaction in
            try transaction.run(
                "UPDATE weir_outbox SET failure = $1 WHERE number = $2", [.text(reason), .integer(number)])
        }
    }

    public func outboxCounts() async throws -> (waiting: Int, failed: Int) {
        let counts = try await write { transaction in
            try transaction.run("SELECT count(*) - count(failure), count(failure) FROM weir_outbox").rows.first ?? []
        }
        let numbers = counts.map { $0.flatMap { Int($0) } ?? 0 }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 0)
    }

    public func lock(
        _ name: String, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<String>.Claim {
        try await write { transaction in
            let held = try transaction.held(
                insert: "INSERT INTO weir_lock VALUES ($1, 0, 0) ON CONFLICT DO NOTHING",
                select: "SELECT until, false FROM weir_lock WHERE name = $1 FOR UPDATE", [.text(name)])
            if now < held.until { return .busy(until: held.until) }
            let taken = try transaction.run(
                "UPDATE weir_lock SET fence = nextval('weir_fence'), until = $2 WHERE name = $1 RETURNING fence",
                [.text(name), .integer(lease.nanosecondsSince1970)])
            return .taken(fence: try taken.fence())
        }
    }

    public func unlock(_ name: String, fence: UInt64) async throws {
        try await write { transaction in
            try transaction.run(
                "DELETE FROM weir_lock WHERE name = $1 AND fence = $2",
                [.text(name), .integer(Int64(bitPattern: fence))])
        }
    }

    public func forget(at now: Timestamp) async throws {
        try await write { transaction in
            let time = PostgreSQLValue.integer(now.nanosecondsSince1970)
            try transaction.run("DELETE FROM weir_inbox WHERE until <= $1", [time])
            try transaction.run("DELETE FROM weir_lock WHERE until <= $1", [time])
            try transaction.run("DELETE FROM weir_saga WHERE keep <= $1", [time])
        }
    }
}

extension PostgreSQLTransaction {
    /// The row of a key, made where there is none, and kept from everybody else until the transaction ends.
    fileprivate func held(
        insert: String, select: String, _ key: [PostgreSQLValue]
    ) throws -> (until: Timestamp, isDone: Bool) {
        // Who gives a row back between the two statements takes it away again.
        for _ in 0..<100 {
            try run(insert, key)
            guard let row = try run(select, key).rows.first else { continue }
            guard let until = row[0].flatMap({ Int64($0) }) else { break }
            return (Timestamp(nanosecondsSince1970: until), row[1] == "t")
        }
        throw StoreError(.damaged, "the row of a key does not stay")
    }
}

extension PostgreSQLRows {
    fileprivate func fence() throws -> UInt64 {
        guard let fence = rows.first?.first.flatMap({ $0 }).flatMap({ Int64($0) }) else {
            throw StoreError(.damaged, "the sequence `weir_fence` gives no number")
        }
        return UInt64(fence)
    }
}
