// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A hand that keeps a breaker open or closed until it lets go, or until its time is over.
///
/// Forgetting it is not letting go.
public final class BreakerHold: Sendable {
    private let breaker: CircuitBreaker
    private let id: UInt64
    private let engine: Engine
    private let report: @Sendable (BreakerTransition, UInt64) -> Void
    private let held = Atomic<Bool>(true)

    init(
        _ breaker: CircuitBreaker, isolates: Bool, for time: UInt64?, _ engine: Engine,
        report: @escaping @Sendable (BreakerTransition, UInt64) -> Void
    ) {
        let now = engine.clock.now
        let (id, transition) = breaker.hold(isolates: isolates, until: time.map { now.adding($0) } ?? .never, at: now)
        self.breaker = breaker
        self.id = id
        self.engine = engine
        self.report = report
        if let transition { report(transition, now) }
    }

    /// Lets go; a second time does nothing. After the last hold the breaker is closed and its window empty.
    public func release() {
        guard held.exchange(false, ordering: .acquiringAndReleasing) else { return }
        let now = engine.clock.now
        if let transition = breaker.release(id, at: now) { report(transition, now) }
    }
}
