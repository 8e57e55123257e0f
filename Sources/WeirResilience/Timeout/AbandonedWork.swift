// SPDX-License-Identifier: Apache-2.0

/// An operation that was left behind at its deadline and the places that stay taken until it ends.
@usableFromInline
final class AbandonedWork: Sendable {
    private let lock = SpinLock()
    // Safe: both are read and written only while `lock` is held.
    private nonisolated(unsafe) var places: [Bulkhead] = []
    private nonisolated(unsafe) var hasEnded = false

    @usableFromInline
    init() {}

    /// Keeps a place taken; false when the work has ended, and then the place is the caller's to give up.
    func keep(_ bulkhead: Bulkhead) -> Bool {
        lock.withLock {
            if hasEnded { return false }
            places.append(bulkhead)
            return true
        }
    }

    /// The work has ended: every place goes back.
    func ended() {
        let places = lock.withLock {
            hasEnded = true
            return self.places
        }
        for bulkhead in places { bulkhead.release() }
    }
}
