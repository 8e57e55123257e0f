// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Times work in nanoseconds and keeps the median of several rounds.
enum Measure {
    /// Monotonic nanoseconds.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The median time of a round, after one round to warm up.
    static func median(rounds: Int = 7, _ work: () -> Void) -> Double {
        work()
        let times = (0..<rounds).map { _ -> UInt64 in
            let start = now()
            work()
            return now() - start
        }
        return Double(times.sorted()[rounds / 2])
    }

    /// The medians of two works, run in turn so that drift of the machine meets both.
    static func medians(rounds: Int = 7, _ first: () -> Void, _ second: () -> Void) -> (Double, Double) {
        var times: ([UInt64], [UInt64]) = ([], [])
        first()
        second()
        for _ in 0..<rounds {
            let start = now()
            first()
            let middle = now()
            second()
            times.0.append(middle - start)
            times.1.append(now() - middle)
        }
        return (Double(times.0.sorted()[rounds / 2]), Double(times.1.sorted()[rounds / 2]))
    }
}

/// Keeps a value alive where the optimiser would drop the work that made it.
@inline(never) func keep<T>(_ value: T) { withExtendedLifetime(value) {} }
