// SPDX-License-Identifier: Apache-2.0

extension CircuitBreakerPolicy {
    /// The minimum as stated, or the default where the window holds that many calls.
    static func checkedMinimum(_ stated: Int?, _ window: Window) throws(InvalidValue) -> Int {
        switch window {
        case .time(let length, let buckets):
            try require(
                length >= .milliseconds(10) && length <= .seconds(86_400), "over", length.weirText, "10ms to 24h")
            try require((2...60).contains(buckets), "buckets", "\(buckets)", "2 to 60")
        case .count(let size):
            try require((1...largestCount).contains(size), "over the last", "\(size)", "1 to 100,000 calls")
            if let stated {
                try require(stated <= size, "at least", "\(stated)", "no more than the last \(size) calls it judges")
            }
        }
        let minimum: Int
        if case .count(let size) = window {
            minimum = stated ?? min(defaultMinimumCalls, size)
        } else {
            minimum = stated ?? defaultMinimumCalls
        }
        try require(minimum >= 1, "at least", "\(minimum)", "1 or more calls")
        return minimum
    }

    /// At least one trip, each within its bounds.
    static func check(_ trips: [Trip]) throws(InvalidValue) {
        try require(!trips.isEmpty, "trip", "nothing", "at least one rule")
        for trip in trips {
            switch trip {
            case .failing(let share), .slow(let share, _):
                try require(share > .zero, "trip at", "\(share)", "above 0%")
            case .consecutive(let count), .failures(let count):
                try require((1...largestCount).contains(count), "trip after", "\(count)", "1 to 100,000 failures")
            }
        }
    }
}
