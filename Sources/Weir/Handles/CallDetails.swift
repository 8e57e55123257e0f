// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirResilience

/// What a caller knows of one call beyond what the policy files say.
public struct CallDetails: Sendable {
    /// Whether this call may be repeated without harm; nil: what the operation's declaration says.
    public var isRepeatable: Bool?
    /// How long the caller waits at most, beside the policy's own limits; nil: no further limit.
    public var within: Duration?
    /// What the caller's own caller said, such as in a request's headers; the earliest deadline holds. What the task
    /// knows (`CallContext.current`) counts besides.
    public var inherited: CallContext?
    /// The values of scope keys, such as a header of the request; nil for keys it does not know.
    public var scope: (@Sendable (ScopeKey.Source) -> String?)?

    /// Details of one call; whatever is left out is unknown.
    public init(
        isRepeatable: Bool? = nil, within: Duration? = nil, inherited: CallContext? = nil,
        scope: (@Sendable (ScopeKey.Source) -> String?)? = nil
    ) {
        self.isRepeatable = isRepeatable
        self.within = within
        self.inherited = inherited
        self.scope = scope
    }
}
