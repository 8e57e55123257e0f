// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A part of virtual time: `from D to D`, or `until D`.
public struct TimeWindow: Sendable, Hashable {
    /// When it begins; nil: at the beginning.
    public let from: Operand<Duration>?
    /// When it ends, itself not included.
    public let to: Operand<Duration>
}

/// How many: `exactly N`, `at most N` or `at least N`.
public struct CountBound: Sendable, Hashable {
    /// How the number bounds.
    public enum Relation: Sendable, Hashable {
        case exactly, atMost, atLeast
    }

    /// How the number bounds.
    public let relation: Relation
    /// The number.
    public let count: Operand<Int>
}

/// What callers get: `success`, `failure`, `fallback` or `status N`.
public enum ExpectedAnswer: Sendable, Hashable {
    case success, failure, fallback
    case status(Int)
}

extension Value {
    /// The outcome that it names; nil for other values.
    public func outcome() -> OutcomeMatcher? {
        switch word(0) {
        case "timeout": .timeout
        case "refused": .refused
        case "reset": .reset
        case "unavailable": .unavailable
        case "open": .open
        case "full": .full
        case "limited": .limited
        case "any" where word(1) == "failure": .anyFailure
        case "status": statusRange().map(OutcomeMatcher.status)
        case "error": string(ofToken: 1).map(OutcomeMatcher.error)
        case "grpc" where tokens.count == 2: .grpc(word(1))
        default: nil
        }
    }

    /// Where the key that it names comes from; nil for other values.
    public func scopeSource() -> ScopeKey.Source? {
        switch word(0) {
        case "caller": .caller
        case "operation": .operation
        case "header": string(ofToken: 1).map(ScopeKey.Source.header)
        case "field" where tokens.count == 2: .field(word(1))
        default: nil
        }
    }

    /// The number of `status N`; nil for other values.
    public func reply() -> Int? {
        word(0) == "status" && kind(ofToken: 1) == .integer ? Literal.integer(bytes(ofToken: 1)) : nil
    }

    /// The answer that it names; nil for other values.
    public func answer() -> ExpectedAnswer? {
        switch word(0) {
        case "success": .success
        case "failure": .failure
        case "fallback": .fallback
        default: reply().map(ExpectedAnswer.status)
        }
    }

    /// The part of time that it names; nil for other values.
    public func window() -> TimeWindow? {
        switch word(0) {
        case "until": return operand(1, Literal.duration).map { TimeWindow(from: nil, to: $0) }
        case "from":
            guard let from = operand(1, Literal.duration), let to = operand(3, Literal.duration) else { return nil }
            return TimeWindow(from: from, to: to)
        default: return nil
        }
    }

    /// The bound that it names; nil for other values.
    public func bound() -> CountBound? {
        switch (word(0), word(1)) {
        case ("exactly", _): operand(1, Literal.integer).map { CountBound(relation: .exactly, count: $0) }
        case ("at", "most"): operand(2, Literal.integer).map { CountBound(relation: .atMost, count: $0) }
        case ("at", "least"): operand(2, Literal.integer).map { CountBound(relation: .atLeast, count: $0) }
        default: nil
        }
    }

    private func operand<T>(_ offset: Int, _ read: (ArraySlice<UInt8>) -> T?) -> Operand<T>? {
        guard kind(ofToken: offset) == .constant else { return read(bytes(ofToken: offset)).map(Operand.literal) }
        return .constant(String(word(offset).dropFirst()))
    }

    private func statusRange() -> ClosedRange<Int>? {
        switch kind(ofToken: 1) {
        case .integer: Literal.integer(bytes(ofToken: 1)).map { $0...$0 }
        case .range: Literal.range(bytes(ofToken: 1))
        default: nil
        }
    }
}

extension Statement {
    /// The outcomes that a slot lists, in order; those that are damaged are left out.
    public func outcomes(_ slot: Slot) -> [OutcomeMatcher] { values(slot).compactMap { $0.outcome() } }

    /// The `##` lines before it, or YAML's `description`, without their signs; nil where there are none.
    public var documentation: String? {
        var lines: [String] = []
        var token = Int(node.firstToken) - 1
        while token >= 0, tree.tokens[token].kind == .documentation || tree.tokens[token].kind == .newline {
            if tree.tokens[token].kind == .documentation { lines.append(documentationLine(token)) }
            token -= 1
        }
        return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
    }

    private func documentationLine(_ token: Int) -> String {
        let text = tree.text(ofToken: token)
        guard tree.source.form == .weir else { return text }
        let body = text.dropFirst(2)
        return String(body.first == " " ? body.dropFirst() : body)
    }
}
