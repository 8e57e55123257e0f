// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The calls that a breaker judges, by time or by number.
enum BreakerWindow: Sendable {
    case time(TimeWindow)
    case count(CountWindow)
    /// No rule looks at a window.
    case unused

    init(_ settings: BreakerSettings, created: UInt64) {
        guard settings.needsWindow else {
            self = .unused
            return
        }
        switch settings.policy.window {
        case .time(let length, let buckets):
            self = .time(TimeWindow(length: length.engineNanoseconds, buckets: buckets, created: created))
        case .count(let size): self = .count(CountWindow(size: size))
        }
    }

    mutating func add(failed: Bool, slow: Bool, at now: UInt64) {
        switch self {
        case .time(var window):
            self = .unused
            if failed || slow {
                window.addBad(failed: failed, slow: slow, at: now)
            } else {
                window.goods.add(at: now)
            }
            self = .time(window)
        case .count(var window):
            self = .unused
            window.add(failed: failed, slow: slow)
            self = .count(window)
        case .unused: break
        }
    }

    func counts(at now: UInt64) -> WindowCounts {
        switch self {
        case .time(let window): window.counts(at: now)
        case .count(let window): window.counts
        case .unused: WindowCounts()
        }
    }

    mutating func clear() {
        switch self {
        case .time(var window):
            self = .unused
            window.clear()
            self = .time(window)
        case .count(var window):
            self = .unused
            window.clear()
            self = .count(window)
        case .unused: break
        }
    }
}
