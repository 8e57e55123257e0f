// SPDX-License-Identifier: Apache-2.0

import GRDB
public import WeirEvents
import WeirPolicy

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SQLiteStore {
    public func begin(
        _ key: InboxKey, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<InboxKey>.Claim {
        try await write { transaction in
            let known = try transaction.row(
                "SELECT until, done FROM weir_inbox WHERE subscription = ? AND event = ?",
                [key.subscription, key.event])
            if let known, now.nanosecondsSince1970 < known["until"] {
                let until: Int64 = known["until"]
                return known["done"] ? .done : .busy(until: Timestamp(nanosecondsSince1970: until))
            }
            let fence = try transaction.nextFence()
            try transaction.execute(
                "INSERT INTO weir_inbox VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET"
                    + " fence = excluded.fence, until = excluded.until, done = 0",
                [key.subscription, key.event, fence, lease.nanosecondsSince1970])
            return .taken(fence: UInt64(fence))
        }
    }

    public func commit(_ commit: StoreCommit, at now: Timestamp) async throws {
        let events = try commit.outbox.map {
            String(decoding: try WireMessage($0, as: .structured).body, as: UTF8.self)
        }
        let changes = try commit.changes.map { change in
            switch change {
            case let change as SQLiteChange: change
            case let change as SagaChange: SQLiteChange { try change.write($0) }
            default: throw StoreError(.unknownChange, "SQLite has no place for \(type(of: change))")
            }
        }
        try await write { transaction in
            if let turn = commit.turn {
                try transaction.execute(
                    "UPDATE weir_inbox SET done = 1, until = ?"
                        + " WHERE subscription = ? AND event = ? AND fence = ? AND done = 0",
                    [
                        (commit.keep ?? now).nanosecondsSince1970, turn.key.subscription, turn.key.event,
                        Int64(bitPattern: turn.fence),
                    ])
                guard transaction.database.changesCount == 1 else {
                    throw StoreError(.fenceLost, "somebody else has taken over `\(turn.key.event)`")
                }
            }
            for event in events {
                try transaction.execute("INSERT INTO weir_outbox (event, until) VALUES (?, 0)", [event])
            }
            for change in changes {
                try transaction.interruption?("change")
                try change.write(transaction.database)
            }
        }
    }

    public func giveBack(_ turn: InboxTurn) async throws {
        try await write { transaction in
            try transaction.execute(
                "DELETE FROM weir_inbox WHERE subscription = ? AND event = ? AND fence = ? AND done = 0",
                [turn.key.subscription, turn.key.event, Int64(bitPattern: turn.fence)])
        }
    }

    public func takeOutbox(most: Int, until lease: Timestamp, at now: Timestamp) async throws -> [OutboxEvent] {
        try await write { transaction in
            try transaction.interruption?("SELECT")
            let rows = try Row.fetchAll(
                transaction.database,
                sql:
                    "SELECT number, event FROM weir_outbox WHERE until <= ? AND failure IS NULL ORDER BY number LIMIT ?",
                arguments: [now.nanosecondsSince1970, most])
            return try rows.map { row in
                let (number, body): (Int64, String) = (row["number"], row["event"])
                try transaction.execute(
                    "UPDATE weir_outbox SET until = ? WHERE number = ?", [lease.nanosecondsSince1970, number])
                let message = WireMessage(contentType: WireMessage.structuredType, body: Array(body.utf8))
                do throws(EventFormatError) {
                    return OutboxEvent(number: number, event: try Event(message))
                } catch {
                    throw StoreError(.damaged, "event \(number) of the outbox cannot be read: \(error)")
                }
            }
        }
    }

    public func sent(_ numbers: [Int64]) async throws {
        try await write { transaction in
            for number in numbers { try transaction.execute("DELETE FROM weir_outbox WHERE number = ?", [number]) }
        }
    }

    public func failed(_ number: Int64, because reason: String) async throws {
        try await write { transaction in
            try transaction.execute("UPDATE weir_outbox SET failure = ? WHERE number = ?", [reason, number])
        }
    }

    public func outboxCounts() async throws -> (waiting: Int, failed: Int) {
        try await database.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT count(*) - count(failure) AS waiting, count(failure) AS failed FROM weir_outbox")
            return (row?["waiting"] ?? 0, row?["failed"] ?? 0)
        }
    }

    public func lock(
        _ name: String, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<String>.Claim {
        try await write { transaction in
            let known = try transaction.row("SELECT until FROM weir_lock WHERE name = ?", [name])
            if let known, now.nanosecondsSince1970 < known["until"] {
                return .busy(until: Timestamp(nanosecondsSince1970: known["until"]))
            }
            let fence = try transaction.nextFence()
            try transaction.execute(
                "INSERT INTO weir_lock VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
                    + " fence = excluded.fence, until = excluded.until",
                [name, fence, lease.nanosecondsSince1970])
            return .taken(fence: UInt64(fence))
        }
    }

    public func unlock(_ name: String, fence: UInt64) async throws {
        try await write { transaction in
            try transaction.execute(
                "DELETE FROM weir_lock WHERE name = ? AND fence = ?", [name, Int64(bitPattern: fence)])
        }
    }

    public func forget(at now: Timestamp) async throws {
        try await write { transaction in
            try transaction.execute("DELETE FROM weir_inbox WHERE until <= ?", [now.nanosecondsSince1970])
            try transaction.execute("DELETE FROM weir_lock WHERE until <= ?", [now.nanosecondsSince1970])
            try transaction.execute("DELETE FROM weir_saga WHERE keep <= ?", [now.nanosecondsSince1970])
        }
    }
}
