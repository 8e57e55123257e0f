// SPDX-License-Identifier: Apache-2.0

import WeirResilience

/// The answer of an upstream, or the one that a policy gives in its place.
struct Reply: Sendable, StatusReporting {
    let status: Int
    let text: String
    /// Whether a fallback gave it.
    var isFallback = false

    var reportedStatus: Int { status }

    /// The status tells successes from failures, and a fallback may be a status or a text.
    static var handling: ResultHandling<Reply> {
        var handling = ResultHandling<Reply>.byStatus
        handling.classifyError = { HTTPCaller.outcome(of: $0) }
        handling.fromStatus = { Reply(status: $0, text: "", isFallback: true) }
        handling.fromText = { Reply(status: 200, text: $0, isFallback: true) }
        return handling
    }
}
