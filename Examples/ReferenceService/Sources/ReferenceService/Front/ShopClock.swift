// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Weir
import WeirPolicy

/// The date by which API versions live: that of the machine, or one that was set and then goes on.
final class ShopClock: Sendable {
    private let offset: Mutex<Int64>

    /// A clock that begins at a moment; nil: the machine's.
    init(_ start: Instant? = nil) {
        offset = Mutex(start.map { $0.secondsSince1970 - WallClock.now() } ?? 0)
    }

    /// Sets it.
    func set(_ moment: Instant) { offset.withLock { $0 = moment.secondsSince1970 - WallClock.now() } }

    /// Seconds since 1970.
    var seconds: Int64 { WallClock.now() + offset.withLock { $0 } }

    /// The moment that it shows.
    var moment: Instant { Instant(secondsSince1970: seconds) }
}
