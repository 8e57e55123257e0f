// SPDX-License-Identifier: Apache-2.0

/// What a version or a route is at a moment; always exactly one of these.
public enum LifecycleState: String, Sendable, Hashable, CaseIterable {
    /// Not released yet: requests are told that it does not exist.
    case planned
    /// Served, and may still change.
    case preview
    /// Served, and settled.
    case active
    /// Served; its deprecation has been announced.
    case announced
    /// Served, on its way out.
    case deprecated
    /// Switched off for a while, so that who still uses it notices.
    case brownout
    /// Switched off for good; requests are told so.
    case sunset
    /// Forgotten: requests are told that it does not exist.
    case removed

    /// Whether requests may choose it.
    public var isAlive: Bool { isKnown && self != .sunset }

    /// Whether requests are told that it exists, or has existed.
    var isKnown: Bool { self != .planned && self != .removed }

    /// Whether somebody who chooses freely should rather take another one.
    var isEnding: Bool { self == .deprecated || self == .brownout || self == .sunset }

    /// Whether answers tell of its end.
    var isPublicEnding: Bool { isEnding || self == .announced }
}
