// SPDX-License-Identifier: Apache-2.0

/// Where a breaker stands, as people and events name it.
public enum BreakerState: String, Sendable, Hashable {
    /// Calls go through.
    case closed
    /// Calls are refused until the break is over.
    case open
    /// A few calls try whether the callee is well again.
    case halfOpen = "half-open"
    /// Somebody keeps it open by hand.
    case isolated
    /// Somebody keeps it closed by hand.
    case forcedClosed = "forced-closed"
}

/// A change of a breaker's state.
public struct BreakerTransition: Sendable, Hashable {
    /// Why it changed.
    public enum Reason: Sendable, Hashable {
        /// The calls in the window broke a rule.
        case tripped(TripRule)
        /// The break is over.
        case breakOver
        /// The probes went well.
        case recovered
        /// Too many probes went badly.
        case probesFailed
        /// The probes did not come back in time.
        case leaseEnded
        /// By hand.
        case manual
        /// The time is over for which it was held by hand.
        case holdEnded

        /// The name that logs use.
        public var name: String {
            switch self {
            case .tripped(let rule): "tripped_\(rule.rawValue)"
            case .breakOver: "break_over"
            case .recovered: "recovered"
            case .probesFailed: "probes_failed"
            case .leaseEnded: "lease_ended"
            case .manual: "manual"
            case .holdEnded: "hold_ended"
            }
        }
    }

    /// The state before.
    public let from: BreakerState
    /// The state after.
    public let to: BreakerState
    /// Why.
    public let reason: Reason
    /// The generation that begins with it.
    public let generation: UInt64
    /// How long the breaker stays open, in nanoseconds; 0 unless it opened.
    public let openNanoseconds: UInt64
    /// What the window held.
    public let counts: WindowCounts
}

/// What a breaker knows, at one moment.
public struct BreakerSnapshot: Sendable, Hashable {
    /// Where it stands.
    public let state: BreakerState
    /// How often it changed its state.
    public let generation: UInt64
    /// What its window holds.
    public let counts: WindowCounts
    /// How often it opened since it was last closed.
    public let openings: Int
    /// When the break is over, in the clock's nanoseconds; nil unless open.
    public let openUntil: UInt64?
    /// Probes in flight.
    public let probesInFlight: Int
    /// Calls refused since it exists.
    public let refused: UInt64
    /// Results that came too late to count since it exists.
    public let staleResults: UInt64
}

/// The right of one call to report to the breaker that admitted it.
struct BreakerPermit: Sendable, Hashable {
    /// The generation that admitted the call, shifted, with ``probeBit`` and ``bypassBit`` below.
    let bits: UInt64

    static let probeBit: UInt64 = 1
    static let bypassBit: UInt64 = 2

    var generation: UInt64 { bits >> 2 }
    var isProbe: Bool { bits & Self.probeBit != 0 }
    /// Admitted although the breaker was open; its result counts for nothing.
    var isBypass: Bool { bits & Self.bypassBit != 0 }

    init(bits: UInt64) { self.bits = bits }

    init(generation: UInt64, probe: Bool = false, bypass: Bool = false) {
        bits = generation << 2 | (probe ? Self.probeBit : 0) | (bypass ? Self.bypassBit : 0)
    }
}

/// What a result says about the callee.
enum BreakerVerdict: Sendable, Hashable {
    case good, failed, slow, failedSlowly
    /// Nothing: the permit goes back.
    case neutral

    var isFailed: Bool { self == .failed || self == .failedSlowly }
    var isSlow: Bool { self == .slow || self == .failedSlowly }
}
