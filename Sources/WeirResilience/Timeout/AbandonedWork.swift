// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// An operation that was left behind at its deadline and the places that stay taken until it ends.
@usableFromInline
final class AbandonedWork: Sendable {
    private struct State {
        var places: [KeptPlace] = []
        var hasEnded = false
        /// Work of an earlier attempt of the same call, which may be still running.
        var earlier: AbandonedWork?
        var attempt: UInt32 = 0
    }

    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var state = State()

    @usableFromInline
    init() {}

    /// Says which attempt this work was, and which work of the same call was left behind before.
    func follow(_ earlier: AbandonedWork?, attempt: UInt32) {
        lock.withLock {
            state.earlier = earlier
            state.attempt = attempt
        }
    }

    /// Keeps a place taken until this work has ended, and all earlier work of attempts after the given one.
    static func keep(_ bulkhead: Bulkhead, for latest: AbandonedWork?, after attempt: UInt64) {
        let place = KeptPlace(bulkhead)
        var next = latest
        while let work = next {
            let (number, earlier) = work.lock.withLock { (work.state.attempt, work.state.earlier) }
            guard UInt64(number) > attempt else { break }
            work.keep(place)
            next = earlier
        }
        place.letGo()
    }

    private func keep(_ place: KeptPlace) {
        lock.withLock {
            guard !state.hasEnded else { return }
            place.hold()
            state.places.append(place)
        }
    }

    /// The work has ended: every place goes back that no other work holds.
    func ended() {
        let places = lock.withLock {
            state.hasEnded = true
            let places = state.places
            state.places = []
            return places
        }
        for place in places { place.letGo() }
    }
}

/// A place in a bulkhead that several pieces of work hold; the last one gives it back.
private final class KeptPlace: Sendable {
    private let bulkhead: Bulkhead
    private let holders = Atomic<Int>(1)

    init(_ bulkhead: Bulkhead) { self.bulkhead = bulkhead }

    func hold() { holders.wrappingAdd(1, ordering: .relaxed) }

    func letGo() {
        if holders.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { bulkhead.release() }
    }
}
