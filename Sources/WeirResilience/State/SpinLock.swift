// SPDX-License-Identifier: Apache-2.0

import Glibc
package import Synchronization

/// A lock for critical sections of a few dozen instructions: it spins briefly, then gives its time slice away.
///
/// The standard library's `Mutex` costs more here and hides its critical sections from the thread sanitizer. Visible in the
/// package for the bus.
package struct SpinLock: ~Copyable, Sendable {
    /// Rounds of spinning before the thread yields.
    private static let spins = 64

    @usableFromInline let taken = Atomic<Bool>(false)

    /// A free lock.
    package init() {}

    /// Runs the body while no other thread is inside; never wait, log or call out from it.
    @inlinable @inline(__always)
    package borrowing func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        lock()
        defer { unlock() }
        return try body()
    }

    @inlinable @inline(__always)
    package borrowing func lock() {
        if taken.exchange(true, ordering: .acquiring) { lockSlowly() }
    }

    @inlinable @inline(__always)
    package borrowing func unlock() { taken.store(false, ordering: .releasing) }

    @usableFromInline @inline(never)
    borrowing func lockSlowly() {
        var round = 0
        repeat {
            while taken.load(ordering: .relaxed) {
                round &+= 1
                if round > Self.spins { sched_yield() }
            }
        } while taken.exchange(true, ordering: .acquiring)
    }
}
