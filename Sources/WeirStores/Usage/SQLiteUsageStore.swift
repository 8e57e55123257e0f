// SPDX-License-Identifier: Apache-2.0

import GRDB
public import WeirLifecycle
public import WeirPolicy

/// Usage in an SQLite file, which survives restarts and may be read while a service writes it.
public final class SQLiteUsageStore: UsageStore {
    private static let table = """
        CREATE TABLE IF NOT EXISTS api_usage (
          api TEXT NOT NULL, consumer TEXT NOT NULL, version TEXT NOT NULL, route TEXT NOT NULL, day TEXT NOT NULL,
          served INTEGER NOT NULL, refused INTEGER NOT NULL,
          PRIMARY KEY (api, day, version, route, consumer)
        ) WITHOUT ROWID
        """

    private static let addition = """
        INSERT INTO api_usage (api, consumer, version, route, day, served, refused) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET served = served + excluded.served, refused = refused + excluded.refused
        """

    private let queue: DatabaseQueue

    /// Opens a file, and makes it where there is none.
    /// - Throws: an error of SQLite where that cannot be done.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { try $0.execute(sql: Self.table) }
    }

    /// Opens a file that is there, to read it only.
    public init(reading path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Adds counts to those that are there, in one transaction.
    public func add(_ counts: [UsageCount]) async throws {
        try await queue.write { database in
            let statement = try database.cachedStatement(sql: Self.addition)
            for count in counts {
                let key = count.key
                try statement.execute(arguments: [
                    key.api, key.consumer, "\(key.version)", key.route, "\(key.day)", count.served, count.refused,
                ])
            }
        }
    }

    /// All counts from a day on, in order of time.
    public func counts(since day: CalendarDate) async throws -> [UsageCount] { try counts(from: day) }

    /// All counts from a day on, in order of time; waits for the disk.
    public func counts(from day: CalendarDate) throws -> [UsageCount] {
        try queue.read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM api_usage WHERE day >= ? ORDER BY day, api, version, route, consumer",
                arguments: ["\(day)"])
            var counts: [UsageCount] = []
            while let row = try rows.next() {
                guard let version = ApiVersion(row["version"]), let day = Instant(row["day"] as String)?.date else {
                    continue
                }
                counts.append(
                    UsageCount(
                        key: UsageCount.Key(
                            api: row["api"], consumer: row["consumer"], version: version, route: row["route"], day: day),
                        served: row["served"], refused: row["refused"]))
            }
            return counts
        }
    }

    /// Forgets what is older than a day.
    public func forget(before day: CalendarDate) async throws {
        try await queue.write { try $0.execute(sql: "DELETE FROM api_usage WHERE day < ?", arguments: ["\(day)"]) }
    }
}
