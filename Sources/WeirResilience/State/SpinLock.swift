// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// A lock for critical sections of a few dozen instructions: it spins briefly, then gives its time slice away.
///
/// The standard library's `Mutex` costs more here and hides its critical sections from the thread sanitizer.
struct SpinLock: ~Copyable, Sendable {
    /// Rounds of spinning before the thread yields.
    private static let spins = 64

    private let taken = Atomic<Bool>(false)

    /// Runs the body while no other thread is inside; never wait, log or call out from it.
    @inline(__always)
    borrowing func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        lock()
        defer { unlock() }
        return try body()
    }

    @inline(__always)
    borrowing func lock() {
        if taken.exchange(true, ordering: .acquiring) { lockSlowly() }
    }

    @inline(__always)
    borrowing func unlock() { taken.store(false, ordering: .releasing) }

    @inline(never)
    private borrowing func lockSlowly() {
        var round = 0
        repeat {
            while taken.load(ordering: .relaxed) {
                round &+= 1
                if round > Self.spins { sched_yield() }
            }
        } while taken.exchange(true, ordering: .acquiring)
    }
}
