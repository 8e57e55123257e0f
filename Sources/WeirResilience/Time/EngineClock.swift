// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirPolicy

/// Where an engine's time comes from: nanoseconds that only go forward.
public enum EngineClock: Sendable {
    /// The machine's monotonic clock; its timers fire at most about two milliseconds late.
    case system
    /// A clock that a test moves by hand.
    case manual(ManualClock)

    /// Nanoseconds since some fixed moment.
    @inlinable
    public var now: UInt64 {
        switch self {
        case .system: Self.monotonicNow()
        case .manual(let clock): clock.now
        }
    }

    /// The machine's monotonic clock in nanoseconds.
    @usableFromInline
    static func monotonicNow() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// Arranges for the timer to fire at the given time, or at once when that has passed.
    func schedule(_ timer: TimerEntry, at time: UInt64) {
        switch self {
        case .system: TimerWheel.shared.schedule(timer, at: time)
        case .manual(let clock): clock.schedule(timer, at: time)
        }
    }

    /// Takes the timer back; one that is firing at this moment may still fire.
    func cancel(_ timer: TimerEntry) {
        switch self {
        case .system: TimerWheel.shared.cancel(timer)
        case .manual(let clock): clock.cancel(timer)
        }
    }
}

extension UInt64 {
    /// The time that never comes.
    @usableFromInline static let never = UInt64.max

    /// This time and so much more, or never where the sum is too large.
    @inline(__always)
    func adding(_ nanoseconds: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(nanoseconds)
        return overflow ? .max : sum
    }

    /// How long after the other time this one is; zero when it is not after it.
    @inline(__always)
    func since(_ earlier: UInt64) -> UInt64 { self > earlier ? self &- earlier : 0 }
}

extension Duration {
    /// Whole nanoseconds, zero for negative durations.
    var engineNanoseconds: UInt64 { UInt64(max(nanosecondsClamped, 0)) }

    /// A duration of so many nanoseconds.
    static func engineNanoseconds(_ count: UInt64) -> Duration { .nanoseconds(Int64(clamping: count)) }
}
