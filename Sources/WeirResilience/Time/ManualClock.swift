// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirPolicy

/// A clock that stands still until it is moved, for tests.
///
/// It knows who sleeps on it, so a test waits for the sleepers and then moves the time, without sleeping itself.
public final class ManualClock: Sendable {
    private struct State {
        var timers: [TimerEntry] = []
        var watchers: [(count: Int, continuation: UnsafeContinuation<Void, Never>)] = []
    }

    private let time: Atomic<UInt64>
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var state = State()

    /// A clock that stands at the given nanosecond; by default one second after zero.
    public init(now: UInt64 = 1_000_000_000) { time = Atomic(now) }

    /// The nanosecond at which the clock stands.
    public var now: UInt64 { time.load(ordering: .acquiring) }

    /// How many timers wait for this clock: sleeps, queue waits and time limits of running attempts.
    public var sleepers: Int { lock.withLock { state.timers.count } }

    /// Waits until at least so many timers wait for this clock.
    public func sleepers(atLeast count: Int) async {
        await withUnsafeContinuation { continuation in
            let ready = lock.withLock {
                if state.timers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if ready { continuation.resume() }
        }
    }

    /// Moves the clock forward; timers that fall due fire in the order of their times, each at its own time.
    public func advance(by duration: Duration) {
        let end = now.adding(duration.engineNanoseconds)
        while let due = popDue(until: end) {
            time.store(max(now, due.fireTime), ordering: .releasing)
            due.fire()
        }
        time.store(end, ordering: .releasing)
    }

    /// Moves the clock forward to the next timer and fires it; false when nobody waits.
    @discardableResult
    public func advanceToNextSleeper() -> Bool {
        guard let due = popDue(until: .never) else { return false }
        time.store(max(now, due.fireTime), ordering: .releasing)
        due.fire()
        return true
    }

    private func popDue(until end: UInt64) -> TimerEntry? {
        lock.withLock {
            guard let first = state.timers.first, first.fireTime <= end else { return nil }
            return state.timers.removeFirst()
        }
    }

    func schedule(_ timer: TimerEntry, at fireTime: UInt64) {
        if fireTime <= now { return timer.fire() }
        let woken = lock.withLock {
            timer.fireTime = fireTime
            let index = state.timers.firstIndex { $0.fireTime > fireTime } ?? state.timers.endIndex
            state.timers.insert(timer, at: index)
            let count = state.timers.count
            let ready = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            return ready
        }
        for watcher in woken { watcher.continuation.resume() }
    }

    func cancel(_ timer: TimerEntry) {
        lock.withLock { state.timers.removeAll { $0 === timer } }
    }
}
