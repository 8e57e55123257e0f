// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

extension Weir {
    /// Keeps a breaker open by hand, until the hold is released or the time is over; holds are counted.
    ///
    /// A reload that changes the breaker's definition begins with a fresh one, which nobody holds.
    /// - Parameters:
    ///   - key: as ``WeirStatus/breakers`` has it.
    ///   - scope: the value of the breaker's scope key; nil where there is one breaker for all.
    /// - Returns: the hold; nil when there is no such breaker.
    public func isolate(_ key: StateKey, scope: String? = nil, for time: Duration? = nil) -> BreakerHold? {
        store.isolate(key, scope: scope, for: time)
    }

    /// Keeps a breaker closed by hand whatever happens, like ``isolate(_:scope:for:)``; isolation wins.
    public func forceClosed(_ key: StateKey, scope: String? = nil, for time: Duration? = nil) -> BreakerHold? {
        store.forceClosed(key, scope: scope, for: time)
    }
}
