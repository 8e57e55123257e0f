// SPDX-License-Identifier: Apache-2.0

/// Turns a burst of changes into one notice: at rest for a while, or after a bounded time when there is no rest.
///
/// Times are nanoseconds of a monotonic clock, given by the caller.
struct ChangeDebounce: Sendable {
    /// How long it must be at rest.
    var quiet: UInt64
    private var first: UInt64?
    private var last: UInt64 = 0

    init(quiet: UInt64) { self.quiet = quiet }

    /// When a notice is due; nil while nothing changed.
    var due: UInt64? {
        first.map { min(last &+ quiet, $0 &+ quiet &* UInt64(WorkspaceLimits.debounceStretch)) }
    }

    /// Something changed.
    mutating func note(at now: UInt64) {
        if first == nil { first = now }
        last = now
    }

    /// Whether to give notice now; it is given once.
    mutating func take(at now: UInt64) -> Bool {
        guard let due, due <= now else { return false }
        first = nil
        return true
    }
}
