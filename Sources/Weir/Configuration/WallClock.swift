// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The time that people and other machines know.
public enum WallClock {
    /// Seconds since 1970.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
