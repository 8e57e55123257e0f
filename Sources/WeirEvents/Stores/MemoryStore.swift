// SPDX-License-Identifier: Apache-2.0

import WeirResilience

/// A store in the memory of the process: what it holds is gone with the process.
public final class MemoryStore: EventStore {
    /// The most events that are remembered when nothing else is said; beyond it the oldest are forgotten early.
    public static let defaultMostRecords = 1_000_000
    /// The most events that wait in the outbox; beyond it commits are refused.
    public static let mostOutbox = 100_000

    private struct Waiting {
        let event: Event
        var until: Timestamp?
        var failure: String?
    }

    private struct State {
        var inbox = LeaseRecords<InboxKey>()
        var locks = LeaseRecords<String>()
        var outbox: [Int64: Waiting] = [:]
        var lastNumber: Int64 = 0
        /// The number before the first that may still wait.
        var sentUntil: Int64 = 0
    }

    private let mostRecords: Int
    private let spin = SpinLock()
    // Safe: read and written only while `spin` is held.
    private nonisolated(unsafe) var state = State()

    /// An empty store.
    public init(mostRecords: Int = MemoryStore.defaultMostRecords) { self.mostRecords = mostRecords }

    /// How many events it remembers.
    public var records: Int { spin.withLock { state.inbox.count } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MemoryStore {
    public func begin(
        _ key: InboxKey, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<InboxKey>.Claim {
        spin.withLock { state.inbox.take(key, until: lease, at: now) }
    }

    public func commit(_ commit: StoreCommit, at now: Timestamp) async throws {
        if let change = commit.changes.first {
            throw StoreError(.unknownChange, "the store in memory has no place for \(type(of: change))")
        }
        try spin.withLock {
            guard state.outbox.count + commit.outbox.count <= Self.mostOutbox else {
                throw StoreError(.full, "\(state.outbox.count) events wait in the outbox")
            }
            if let turn = commit.turn {
                guard state.inbox.finish(turn.key, fence: turn.fence, keep: commit.keep ?? now) else {
                    throw StoreError(.fenceLost, "somebody else has taken over `\(turn.key.event)`")
                }
                state.inbox.forget(at: now, most: mostRecords)
            }
            for event in commit.outbox {
                state.lastNumber += 1
                state.outbox[state.lastNumber] = Waiting(event: event)
            }
        }
    }

    public func giveBack(_ turn: InboxTurn) async throws {
        spin.withLock { _ = state.inbox.giveBack(turn.key, fence: turn.fence) }
    }

    public func takeOutbox(most: Int, until lease: Timestamp, at now: Timestamp) async throws -> [OutboxEvent] {
        spin.withLock {
            var taken: [OutboxEvent] = []
            var number = state.sentUntil
            while number < state.lastNumber, taken.count < most {
                number += 1
                guard let waiting = state.outbox[number] else {
                    if number == state.sentUntil + 1 { state.sentUntil = number }
                    continue
                }
                guard waiting.failure == nil, waiting.until.map({ $0 <= now }) ?? true else { continue }
                state.outbox[number]?.until = lease
                taken.append(OutboxEvent(number: number, event: waiting.event))
            }
            return taken
        }
    }

    public func sent(_ numbers: [Int64]) async throws {
        spin.withLock {
            for number in numbers { state.outbox[number] = nil }
        }
    }

    public func failed(_ number: Int64, because reason: String) async throws {
        spin.withLock { state.outbox[number]?.failure = reason }
    }

    public func outboxCounts() async throws -> (waiting: Int, failed: Int) {
        spin.withLock {
            let failed = state.outbox.values.count { $0.failure != nil }
            return (state.outbox.count - failed, failed)
        }
    }

    public func lock(
        _ name: String, until lease: Timestamp, at now: Timestamp
    ) async throws -> LeaseRecords<String>.Claim {
        spin.withLock { state.locks.take(name, until: lease, at: now) }
    }

    public func unlock(_ name: String, fence: UInt64) async throws {
        spin.withLock { _ = state.locks.giveBack(name, fence: fence) }
    }

    public func forget(at now: Timestamp) async throws {
        spin.withLock { state.inbox.forget(at: now) }
    }
}
