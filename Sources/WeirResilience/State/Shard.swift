// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Which of a few copies of a counter the calling thread uses, so that threads do not fight over one cache line.
enum Shard {
    /// Copies of each sharded counter.
    static let count = 8
    /// Bytes from one copy to the next: two cache lines, because processors fetch them in pairs.
    static let stride = 128

    /// The copy of the calling thread, by the address of its control block.
    @inline(__always)
    static var current: Int {
        let mixed = (UInt64(pthread_self()) >> 12) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 61)
    }
}
