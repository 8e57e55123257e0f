// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A hand that keeps a breaker open or closed until it lets go.
public final class BreakerHold: Sendable {
    private let breaker: CircuitBreaker
    private let isolates: Bool
    private let held = Atomic<Bool>(true)

    init(breaker: CircuitBreaker, isolates: Bool) {
        self.breaker = breaker
        self.isolates = isolates
    }

    /// Lets go; a second time does nothing. After the last hold the breaker is closed and its window empty.
    public func release(at now: UInt64) {
        guard held.exchange(false, ordering: .acquiringAndReleasing) else { return }
        breaker.change(isolations: isolates ? -1 : 0, closures: isolates ? 0 : -1, at: now)
    }
}
