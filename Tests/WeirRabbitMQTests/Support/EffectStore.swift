// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirEvents

/// A store that writes effects with the note that their event is handled, as a table of a database would have them.
final class EffectStore: EventStore {
    struct Effect: StagedChange { let id: String }

    private let inner = MemoryStore()
    private let counts = Mutex<[String: Int]>([:])

    /// How often each effect was written.
    var written: [String: Int] { counts.withLock { $0 } }

    func commit(_ commit: StoreCommit, at now: Timestamp) async throws {
        var rest = commit
        rest.changes = []
        try await inner.commit(rest, at: now)
        counts.withLock { counts in
            for case let effect as Effect in commit.changes { counts[effect.id, default: 0] += 1 }
        }
    }

    func begin(_ key: InboxKey, until lease: Timestamp, at now: Timestamp) async throws
        -> LeaseRecords<InboxKey>.Claim
    { try await inner.begin(key, until: lease, at: now) }
    func giveBack(_ turn: InboxTurn) async throws { try await inner.giveBack(turn) }
    func takeOutbox(most: Int, until lease: Timestamp, at now: Timestamp) async throws -> [OutboxEvent] {
        try await inner.takeOutbox(most: most, until: lease, at: now)
    }
    func sent(_ numbers: [Int64]) async throws { try await inner.sent(numbers) }
    func failed(_ number: Int64, because reason: String) async throws {
        try await inner.failed(number, because: reason)
    }
    func outboxCounts() async throws -> (waiting: Int, failed: Int) { try await inner.outboxCounts() }
    func lock(_ name: String, until lease: Timestamp, at now: Timestamp) async throws -> LeaseRecords<String>.Claim {
        try await inner.lock(name, until: lease, at: now)
    }
    func unlock(_ name: String, fence: UInt64) async throws { try await inner.unlock(name, fence: fence) }
    func forget(at now: Timestamp) async throws { try await inner.forget(at: now) }
}
