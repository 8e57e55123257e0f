// SPDX-License-Identifier: Apache-2.0

@testable import WeirEvents

/// A store with something in front of each call.
protocol WrappedStore: EventStore {
    var inner: any EventStore { get }
    func around<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value
}

extension WrappedStore {
    func begin(
        _ key: InboxKey, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<InboxKey>.Claim {
        try await around { try await inner.begin(key, until: lease, at: now) }
    }
    func commit(_ commit: StoreCommit, at now: Timestamp) async throws {
        try await around { try await inner.commit(commit, at: now) }
    }
    func giveBack(_ turn: InboxTurn) async throws { try await around { try await inner.giveBack(turn) } }
    func takeOutbox(most: Int, until lease: Timestamp, at now: Timestamp) async throws -> [OutboxEvent] {
        try await around { try await inner.takeOutbox(most: most, until: lease, at: now) }
    }
    func sent(_ numbers: [Int64]) async throws { try await around { try await inner.sent(numbers) } }
    func failed(_ number: Int64, because reason: String) async throws {
        try await around { try await inner.failed(number, because: reason) }
    }
    func outboxCounts() async throws -> (waiting: Int, failed: Int) { try await inner.outboxCounts() }
    func lock(
        _ name: String, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<String>.Claim {
        try await around { try await inner.lock(name, until: lease, at: now) }
    }
    func unlock(_ name: String, fence: UInt64) async throws {
        try await around { try await inner.unlock(name, fence: fence) }
    }
    func forget(at now: Timestamp) async throws { try await inner.forget(at: now) }
}

/// A store that cannot be asked for a while.
final class FailingStore: WrappedStore {
    struct Away: Error {}

    let inner: any EventStore = MemoryStore()
    let fails = Guarded(false)

    func around<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        if fails.withLock({ $0 }) { throw Away() }
        return try await body()
    }
}
