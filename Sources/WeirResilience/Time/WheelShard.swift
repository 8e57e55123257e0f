// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One part of the timer wheel: slots of doubly linked timers under a lock.
final class WheelShard: Sendable {
    /// Slots of a round.
    static let slots = 512

    private struct State {
        var heads: [TimerEntry?] = Array(repeating: nil, count: WheelShard.slots)
        var processed: UInt64
    }

    /// Timers that wait in this shard.
    let armed = Atomic<Int>(0)
    private let index: Int32
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var state: State

    init(index: Int32, processed: UInt64) {
        self.index = index
        state = State(processed: processed)
    }

    /// Puts the timer into the slot of its tick, or of the next tick to be served when that one has passed.
    func insert(_ timer: TimerEntry, tick: UInt64) {
        lock.withLock {
            let tick = max(tick, state.processed + 1)
            let slot = Int(tick % UInt64(Self.slots))
            timer.fireTime = tick
            timer.shard = index
            timer.slot = Int32(slot)
            timer.previous = nil
            timer.next = state.heads[slot]
            timer.next?.previous = timer
            state.heads[slot] = timer
            armed.wrappingAdd(1, ordering: .sequentiallyConsistent)
        }
    }

    /// Takes the timer out if it still waits here.
    func remove(_ timer: TimerEntry) {
        lock.withLock {
            if timer.slot >= 0 { unlink(timer) }
        }
    }

    /// Fires every timer whose tick has come, each outside the lock.
    func fire(until tick: UInt64) {
        while let due = lock.withLock({ nextDue(until: tick) }) { due.fire() }
    }

    private func nextDue(until tick: UInt64) -> TimerEntry? {
        guard armed.load(ordering: .relaxed) > 0 else {
            state.processed = max(state.processed, tick)
            return nil
        }
        // A gap longer than a round needs no slot looked at twice.
        var current = max(state.processed + 1, tick >= UInt64(Self.slots) ? tick + 1 - UInt64(Self.slots) : 0)
        while current <= tick {
            var candidate = state.heads[Int(current % UInt64(Self.slots))]
            while let timer = candidate {
                if timer.fireTime <= tick {
                    unlink(timer)
                    return timer
                }
                candidate = timer.next
            }
            state.processed = current
            current += 1
        }
        return nil
    }

    private func unlink(_ timer: TimerEntry) {
        timer.next?.previous = timer.previous
        if let previous = timer.previous {
            previous.next = timer.next
        } else {
            state.heads[Int(timer.slot)] = timer.next
        }
        timer.next = nil
        timer.previous = nil
        timer.slot = -1
        armed.wrappingSubtract(1, ordering: .relaxed)
    }
}
