// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirResilience

/// What a caller got in the end.
public struct Answer: Sendable, Hashable {
    /// The ways to be answered.
    public enum Kind: String, Sendable, Hashable {
        /// What it asked for.
        case success
        /// An error, a refusal or a status that means failure.
        case failure
        /// What a fallback gave instead.
        case fallback
        /// Nothing: the caller gave up before, because its own time was over.
        case abandoned
    }

    /// Which of them.
    public let kind: Kind
    /// The status that came with it, if one did.
    public let status: Int?
    /// What happened in a few words, such as `timeout` or `the breaker was open`; empty for a plain success.
    public let detail: String

    /// An answer.
    public init(_ kind: Kind, status: Int? = nil, detail: String = "") {
        self.kind = kind
        self.status = status
        self.detail = detail
    }

    /// Whether the caller can go on with it: it got what it asked for, or a fallback.
    var isUsable: Bool { kind == .success || kind == .fallback }

    /// Whether this is what the expectation names.
    ///
    /// An answer without any use is a failure also where a fallback gave it, as `fallback to status 503` does.
    func matches(_ expected: TestCase.Expectation.Answer) -> Bool {
        switch expected {
        case .success: kind == .success
        case .fallback: kind == .fallback
        case .failure: kind == .failure || kind == .abandoned || (kind == .fallback && Self.isFailing(status))
        case .status(let code): status == code
        }
    }

    private static func isFailing(_ status: Int?) -> Bool {
        guard let status else { return false }
        return status == 408 || status == 429 || (500...599).contains(status)
    }
}

extension Answer {
    /// What a caller without a policy gets.
    init(_ outcome: CallOutcome) {
        guard outcome.isSuccess else {
            self.init(.failure, status: outcome.status, detail: outcome.words)
            return
        }
        let unusual = outcome.status.flatMap { $0 == 200 ? nil : "status \($0)" }
        self.init(.success, status: outcome.status, detail: unusual ?? "")
    }

    /// What a caller gets from a pipeline that has finished.
    init(_ ending: CallEnding, outcome: CallOutcome, reason: String?, fallback: FallbackPolicy.Target?) {
        switch ending {
        case .attempt where outcome.isSuccess: self.init(outcome)
        case .attempt:
            let reason = reason.map { "; \($0)" } ?? ""
            self.init(.failure, status: outcome.status, detail: outcome.words + reason)
        case .error: self.init(.failure, detail: outcome.words)
        case .cancelled: self.init(.abandoned)
        case .fallback:
            switch fallback {
            case .status(let code): self.init(.fallback, status: code, detail: "status \(code)")
            case .value(let text): self.init(.fallback, detail: "value \"\(text)\"")
            case .handler(let name): self.init(.fallback, detail: "handler \"\(name)\"")
            case .cached, .call, nil: self.init(.fallback)
            }
        }
    }
}

extension Answer: CustomStringConvertible {
    /// The kind and the detail: `failure, timeout`.
    public var description: String { detail.isEmpty ? kind.rawValue : "\(kind.rawValue), \(detail)" }
}
