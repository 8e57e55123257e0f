// SPDX-License-Identifier: Apache-2.0

import Glibc
public import WeirPolicy

/// The waits between the attempts of one retry step, in nanoseconds; pure, and saturating everywhere.
public struct BackoffSchedule: Sendable {
    private let backoff: Backoff
    private let jitter: Jitter
    private let cap: UInt64

    /// The waits of a retry's settings.
    public init(_ policy: RetryPolicy) {
        backoff = policy.backoff
        jitter = policy.jitter
        cap = policy.cap.engineNanoseconds
    }

    /// The wait after attempt `n` (the first is 0), or nil when a list of waits has come to its end.
    ///
    /// The base is capped, then spread, then held within the cap again.
    /// - Parameters:
    ///   - memory: what the schedule remembers from wait to wait; zero before the first.
    ///   - fraction: chance, in 0 ..< 1.
    public func wait(after n: Int, memory: inout UInt64, fraction: Double) -> UInt64? {
        guard let base = base(n) else { return nil }
        let capped = min(base, cap)
        switch jitter {
        case .none: return capped
        case .full: return held(fraction * Double(capped))
        case .equal: return held(Double(capped) / 2 + fraction * Double(capped) / 2)
        case .proportional(let share):
            return held(Double(capped) * (1 - share.fraction + 2 * share.fraction * fraction))
        case .absolute(let spread):
            let spread = Double(spread.engineNanoseconds)
            return held(Double(capped) - spread + 2 * spread * fraction)
        case .decorrelated:
            let initial = Double(backoff.initial.engineNanoseconds)
            let previous = memory == 0 ? initial : Double(memory)
            let wait = held(initial + fraction * (3 * previous - initial))
            memory = max(wait, 1)
            return wait
        case .decorrelatedV2:
            let step = Double(n) + fraction
            let next = exp2(step) * tanh((4 * step).squareRoot())
            let wait = (next - Double(bitPattern: memory)) * Double(backoff.initial.engineNanoseconds) / 1.4
            memory = next.bitPattern
            if wait.isFinite { return held(wait) }
            return backoff.initial > .zero ? cap : 0  // Beyond what a number can hold, differences say nothing.
        }
    }

    private func base(_ n: Int) -> UInt64? {
        switch backoff {
        case .constant(let wait): return wait.engineNanoseconds
        case .linear(let initial, let increment):
            let grown = increment.engineNanoseconds.multiplied(by: UInt64(n))
            return initial.engineNanoseconds.adding(grown)
        case .exponential(let initial, let factor):
            return Self.grown(initial.engineNanoseconds, factor: factor, times: n, cap: cap)
        case .fibonacci(let unit): return unit.engineNanoseconds.multiplied(by: Self.fibonacci(n))
        case .sequence(let waits, let exhausted):
            if n < waits.count { return waits[n].engineNanoseconds }
            return exhausted == .repeat ? waits.last?.engineNanoseconds : nil
        }
    }

    /// `initial × factor^times`, at most the cap; multiplies step by step so that it ends at the cap, never beyond.
    static func grown(_ initial: UInt64, factor: Factor, times: Int, cap: UInt64) -> UInt64 {
        guard initial > 0, factor.thousandths > 1000 else { return min(initial, cap) }
        var value = initial
        var round = 0
        while round < times && value < cap {
            let product = value.multipliedFullWidth(by: UInt64(factor.thousandths))
            guard product.high < 1000 else { return cap }
            value = max((1000 as UInt64).dividingFullWidth(product).quotient, value + 1)
            round += 1
        }
        return min(value, cap)
    }

    /// 1, 2, 3, 5, 8, …
    private static func fibonacci(_ n: Int) -> UInt64 {
        var (current, next): (UInt64, UInt64) = (1, 2)
        for _ in 0..<min(n, 90) { (current, next) = (next, current.adding(next)) }
        return current
    }

    private func held(_ wait: Double) -> UInt64 {
        guard wait > 0 else { return 0 }
        return wait >= Double(cap) ? cap : UInt64(wait)
    }
}
