// SPDX-License-Identifier: Apache-2.0

import WeirResilience

/// A store in the memory of the process: what it holds is gone with the process.
public final class MemoryStore: SagaStore {
    /// The most events that are remembered when nothing else is said; beyond it the oldest are forgotten early.
    public static let defaultMostRecords = 1_000_000
    /// The most events that wait in the outbox; beyond it commits are refused.
    public static let mostOutbox = 100_000
    /// The most runs of sagas, those that have ended included; beyond it commits that begin one are refused.
    public static let mostRuns = 100_000

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
        var runs: [SagaKey: Run] = [:]
    }

    private struct Run {
        var record: SagaRecord
        var lease: Timestamp?
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
        let runs = try commit.changes.map { change in
            guard let change = change as? SagaChange else {
                throw StoreError(.unknownChange, "the store in memory has no place for \(type(of: change))")
            }
            return change
        }
        try spin.withLock {
            for run in runs { try check(run) }
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
            for run in runs {
                let lease = run.releases ? nil : state.runs[run.record.key]?.lease
                state.runs[run.record.key] = Run(record: run.record, lease: lease)
            }
        }
    }

    private func check(_ change: SagaChange) throws(StoreError) {
        let known = state.runs[change.record.key]
        guard change.record.version == (known?.record.version ?? 0) + 1 else { throw change.conflict }
        guard known != nil || state.runs.count < Self.mostRuns else {
            throw StoreError(.full, "\(state.runs.count) runs of sagas are remembered")
        }
    }

    public func saga(_ key: SagaKey) async throws -> SagaRecord? { spin.withLock { state.runs[key]?.record } }

    public func takeSagas(
        of sagas: [String], most: Int, until lease: Timestamp, at now: Timestamp
    ) async throws -> [SagaRecord] {
        let sagas = Set(sagas)
        return spin.withLock {
            var due: [(time: Timestamp, key: SagaKey)] = []
            for (key, run) in state.runs where sagas.contains(key.saga) && run.lease.map({ $0 <= now }) ?? true {
                if let time = run.record.due, time <= now { due.append((time, key)) }
            }
            due.sort { ($0.time, $0.key.run) < ($1.time, $1.key.run) }
            return due.prefix(most).compactMap { _, key in
                state.runs[key]?.lease = lease
                return state.runs[key]?.record
            }
        }
    }

    public func sagaCounts() async throws -> [String: Int] {
        spin.withLock { state.runs.values.reduce(into: [:]) { $0[$1.record.phase, default: 0] += 1 } }
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
        spin.withLock {
            state.inbox.forget(at: now)
            state.runs = state.runs.filter { $0.value.record.keep.map { now < $0 } ?? true }
        }
    }
}
