// SPDX-License-Identifier: Apache-2.0

extension Backoff {
    /// The wait before a retry, capped and without jitter; retries count from 0. Nil: there is no such retry.
    ///
    /// Exact but for a factor's fraction, which is rounded down to a nanosecond at each step; linear in `retry` until
    /// the cap is reached.
    public func wait(beforeRetry retry: Int, cap: Duration) -> Duration? {
        let cap = SaturatingTime(cap)
        var wait: SaturatingTime
        switch self {
        case .constant(let first): wait = SaturatingTime(first)
        case .linear(let first, let increment): wait = SaturatingTime(first) + SaturatingTime(increment) * retry
        case .exponential(let first, let factor):
            wait = SaturatingTime(first)
            var step = 0
            while step < retry, factor.thousandths > 1000, wait.nanoseconds > 0, wait.nanoseconds < cap.nanoseconds {
                wait = wait.scaled(thousandths: factor.thousandths)
                step += 1
            }
        case .fibonacci(let first): wait = SaturatingTime(first) * Self.fibonacci(retry)
        case .sequence(let waits, let exhausted):
            guard retry < waits.count || (exhausted == .repeat && !waits.isEmpty) else { return nil }
            wait = SaturatingTime(waits[min(retry, waits.count - 1)])
        }
        return min(wait.nanoseconds, cap.nanoseconds) == wait.nanoseconds ? wait.duration : cap.duration
    }

    /// 1, 2, 3, 5, 8, …, held at what 32 bits hold.
    private static func fibonacci(_ index: Int) -> Int {
        var (current, next) = (1, 2)
        for _ in 0..<min(max(index, 0), 40) { (current, next) = (next, current + next) }
        return current
    }
}

extension Jitter {
    /// The longest wait that this jitter makes of a capped wait; `cap` is the longest single wait of the policy.
    public func upperEnd(of wait: Duration, cap: Duration) -> Duration {
        let longest: SaturatingTime
        switch self {
        case .none, .full, .equal: longest = SaturatingTime(wait)
        case .proportional(let share):
            let extra = Int64(Double(wait.nanosecondsClamped) * share.fraction)
            longest = SaturatingTime(wait) + SaturatingTime(nanoseconds: extra)
        case .absolute(let spread): longest = SaturatingTime(wait) + SaturatingTime(spread)
        case .decorrelated, .decorrelatedV2: return cap
        }
        return min(longest.duration, cap)
    }
}

extension RetryPolicy {
    /// The most waits that ``longestWaits`` lists; beyond it each is as long as the last.
    public static let mostListedWaits = 1000

    /// The waits between the attempts when each is as long as it can be: capped, with jitter's upper end. Nil: the
    /// attempts are not limited in number.
    public var longestWaits: [Duration]? {
        guard let attempts else { return nil }
        var waits: [Duration] = []
        for retry in 0..<min(attempts - 1, Self.mostListedWaits) {
            guard let wait = backoff.wait(beforeRetry: retry, cap: cap) else { break }
            waits.append(jitter.upperEnd(of: wait, cap: cap))
        }
        return waits
    }
}
