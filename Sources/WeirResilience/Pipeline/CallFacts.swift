// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What a pipeline is told about a call.
public struct CallFacts: Sendable {
    /// A call about which nothing is known.
    @inlinable public static var none: CallFacts { CallFacts() }

    /// Whether the operation may be repeated without harm.
    public var isRepeatable: Bool
    /// Until when the caller waits, in the clock's nanoseconds; never by default.
    public var deadline: UInt64
    /// Whether the call is part of a retry of an outer layer.
    public var isRetry: Bool
    /// The values of scope keys; nil: every key has the empty value.
    public var scope: (@Sendable (ScopeKey.Source) -> String?)?

    /// Facts about a call; whatever is left out is unknown.
    @inlinable
    public init(
        isRepeatable: Bool = true, deadline: UInt64 = .max, isRetry: Bool = false,
        scope: (@Sendable (ScopeKey.Source) -> String?)? = nil
    ) {
        self.isRepeatable = isRepeatable
        self.deadline = deadline
        self.isRetry = isRetry
        self.scope = scope
    }
}
