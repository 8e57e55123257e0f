// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

extension CallOutcome {
    /// The outcome in a few words, as a report names it.
    var words: String {
        switch kind {
        case .success: status.map { "success, status \($0)" } ?? "success"
        case .ignored: "ignored"
        case .cancelled: "cancelled"
        case .rejected: refusal.map(\.words) ?? "refused"
        case .failure: failureWords
        }
    }

    private var failureWords: String {
        if let status { return "status \(status)" }
        if let grpc { return "grpc \(grpc)" }
        if let error { return "error \(error)" }
        switch cause {
        case .timeout: return "timeout"
        case .refused: return "connection refused"
        case .reset: return "connection reset"
        case .unavailable: return "unavailable"
        case .status, .grpc, .other: return "failed"
        }
    }
}

extension Refusal {
    /// Who refused, as a report says it.
    var words: String {
        switch self {
        case .circuitOpen: "the breaker was open"
        case .bulkheadFull: "the bulkhead was full"
        case .rateLimited: "the rate limit was reached"
        case .deadlineExceeded: "no time was left"
        case .orphansFull: "too much abandoned work was running"
        }
    }
}

extension BreakerTransition {
    /// The change and its reason: `closed → open for 15s: 20 of 20 calls failed`.
    var words: String {
        var text = "\(from.rawValue) → \(to.rawValue)"
        if openNanoseconds > 0 { text += " for \(VirtualTime(nanoseconds: openNanoseconds))" }
        return "\(text): \(reasonWords)"
    }

    private var reasonWords: String {
        switch reason {
        case .tripped(.failing): "\(counts.failed) of \(counts.total) calls failed"
        case .tripped(.slow): "\(counts.slow) of \(counts.total) calls were slow"
        case .tripped(.consecutive): "too many failures in a row"
        case .tripped(.failures): "\(counts.failed) failures"
        case .breakOver: "the break is over"
        case .recovered: "the probes went well"
        case .probesFailed: "a probe failed"
        case .leaseEnded: "the probes did not come back"
        case .manual: "by hand"
        case .holdEnded: "the time by hand is over"
        }
    }
}

extension RetryStop {
    /// Why no further attempt was made.
    var words: String {
        switch self {
        case .notRetryable: "not retried"
        case .exhausted: "all attempts used"
        case .chain: "part of an outer retry"
        case .unsafe: "unsafe to repeat"
        case .circuitOpen: "the breaker is open"
        case .pushback: "the callee asked not to"
        case .elapsed: "gave up"
        case .deadline: "no time left before the deadline"
        case .budget: "the retry budget is empty"
        }
    }
}
