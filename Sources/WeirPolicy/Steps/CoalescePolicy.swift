// SPDX-License-Identifier: Apache-2.0

/// Makes one call for all callers that ask for the same at the same time (single flight).
public struct CoalescePolicy: Sendable, Hashable {
    /// How long a caller waits for another's answer; nil: until its own deadline.
    public let maxWait: Duration?
    /// By what calls are told apart; nil: all calls are the same.
    public let scope: ScopeKey?

    /// A coalescing step.
    public init(maxWait: Duration? = nil, scope: ScopeKey? = nil) {
        self.maxWait = maxWait
        self.scope = scope
    }
}
