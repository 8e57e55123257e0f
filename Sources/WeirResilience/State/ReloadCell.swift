// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Holds the current one of a series of objects; reading it counts no reference and takes no lock.
///
/// Readers announce themselves in counters of their thread (sleepable read-copy-update with two phases, McKenney 2006).
/// A replaced object lives until every reader that may have seen it has left; nobody waits for that.
public final class ReloadCell<Value: AnyObject & Sendable>: Sendable {
    /// A reader's right to use what it was given, until it leaves.
    public struct Ticket: Sendable {
        let phase: UInt64
    }

    /// How often the end of old readers is looked for.
    private static var pollNanoseconds: UInt64 { 5_000_000 }

    private let pointer: Atomic<UInt>
    private let phase = Atomic<UInt64>(0)
    /// Entered and left readers of either phase; sums are equal when nobody reads.
    private let readers = ShardedWords(width: 4)
    private let lock = SpinLock()
    // Safe: both are read and written only while `lock` is held.
    private nonisolated(unsafe) var retired: [Value] = []
    private nonisolated(unsafe) var isReclaiming = false

    /// A cell with its first object.
    public init(_ value: Value) { pointer = Atomic(UInt(bitPattern: Unmanaged.passRetained(value).toOpaque())) }

    deinit { Self.reference(pointer.load(ordering: .acquiring))?.release() }

    /// The current object, valid until ``exit(_:)``; any thread may leave for the one that entered.
    public func enter() -> (ticket: Ticket, value: Unmanaged<Value>) {
        let current = phase.load(ordering: .sequentiallyConsistent) & 1
        readers.addOrdered(1, to: Int(current))
        let bits = pointer.load(ordering: .sequentiallyConsistent)
        guard let value = Self.reference(bits) else { preconditionFailure("a reload cell is never empty") }
        return (Ticket(phase: current), value)
    }

    /// Ends the use of what ``enter()`` gave.
    public func exit(_ ticket: Ticket) { readers.addOrdered(1, to: Int(ticket.phase) + 2) }

    /// The current object, counted as usual; for readers in no hurry.
    public var current: Value {
        let (ticket, value) = enter()
        defer { exit(ticket) }
        return value.takeUnretainedValue()
    }

    /// Puts another object in place; calls in flight keep the one that they were given.
    public func replace(_ value: Value) {
        let new = UInt(bitPattern: Unmanaged.passRetained(value).toOpaque())
        let old = pointer.exchange(new, ordering: .sequentiallyConsistent)
        guard let retiree = Self.reference(old)?.takeRetainedValue() else { return }
        let starts = lock.withLock {
            retired.append(retiree)
            defer { isReclaiming = true }
            return !isReclaiming
        }
        if starts { Task.detached { await self.reclaim() } }
    }

    private func reclaim() async {
        while let batch = lock.withLock({ nextBatch() }) {
            for _ in 0..<2 {
                let old = phase.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue & 1
                while readers.orderedSum(Int(old) + 2) != readers.orderedSum(Int(old)) {
                    let soon = EngineClock.system.now.adding(Self.pollNanoseconds)
                    _ = await PendingWait().wait(until: soon, on: .system)
                }
            }
            withExtendedLifetime(batch) {}
        }
    }

    private func nextBatch() -> [Value]? {
        guard !retired.isEmpty else {
            isReclaiming = false
            return nil
        }
        defer { retired = [] }
        return retired
    }

    private static func reference(_ bits: UInt) -> Unmanaged<Value>? {
        UnsafeRawPointer(bitPattern: bits).map { Unmanaged.fromOpaque($0) }
    }
}
