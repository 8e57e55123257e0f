// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The machine's time that never goes back.
enum MonotonicTime {
    /// Nanoseconds since the machine started.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
