// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

/// Something that happened, for a terminal view or an audit.
public enum WeirEvent: Sendable {
    /// Files were put in force, or refused.
    case reload(ReloadReport)
    /// Files are not watched as they should be; the slow look through the tree goes on.
    case watchDegraded(String)
    /// A call did something; only where ``WeirConfiguration/recordsCallEvents`` is set.
    case call(ResilienceEvent)
}
