// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Reads the statements of one `test` block; nil for one that cannot be read, which has been reported.
struct TestReader {
    let names: NameResolver
    let file: Int
    let environment: String?

    var files: FileTable { names.workspace.files }
    var reader: ValueReader {
        ValueReader(constants: ConstantResolver(names: names, environment: environment), file: file)
    }

    func given(_ statement: Statement) -> TestCase.Given? {
        guard !statement.isDamaged, let operation = operation(statement.value(.operation)) else { return nil }
        let behaviour: TestCase.Given.Behaviour
        if let reply = statement.value(.replies) {
            guard let code = reply.reply(), status(code, reply) else { return nil }
            behaviour = .status(code)
        } else if let time = statement.value(.takes) {
            guard let duration = reader.duration(time) else { return nil }
            behaviour = .takes(duration)
        } else {
            behaviour = .down
        }
        return TestCase.Given(
            operation: operation, behaviour: behaviour, window: window(statement.value(.window)),
            place: place(statement))
    }

    func stimulus(_ statement: Statement) -> TestCase.Stimulus? {
        guard !statement.isDamaged, let operation = operation(statement.value(.to)),
            let calls = reader.count(statement.value(.calls), in: statement),
            let every = reader.duration(statement.value(.every))
        else { return nil }
        return TestCase.Stimulus(
            calls: calls, operation: operation, every: every, from: reader.duration(statement.value(.from)) ?? .zero,
            place: place(statement))
    }

    func expectation(_ statement: Statement) -> TestCase.Expectation? {
        guard !statement.isDamaged, let claim = claim(statement) else { return nil }
        return TestCase.Expectation(claim: claim, text: words(of: statement), place: place(statement))
    }

    private func claim(_ statement: Statement) -> TestCase.Expectation.Claim? {
        typealias Expectation = TestCase.Expectation
        if let breaker = statement.value(.breaker) {
            guard let name = self.breaker(breaker),
                let state = statement.value(.is).flatMap({ Expectation.BreakerState(rawValue: $0.text) })
            else { return nil }
            return .breaker(name, is: state, at: reader.duration(statement.value(.at)))
        }
        if let claim = answerClaim(statement) ?? deliveryClaim(statement) { return claim }
        guard let operation = operation(statement.value(.operation)) else { return nil }
        if let bound = statement.value(.receives) {
            return self.bound(bound).map { .receives(operation, $0, by: reader.duration(statement.value(.by))) }
        }
        guard let answers = statement.value(.answers), let answer = answer(answers) else { return nil }
        return .answers(
            operation, answer, within: reader.duration(statement.value(.within)), window(statement.value(.window)))
    }

    /// A shared breaker, or the policy whose breaker is meant.
    private func breaker(_ value: Value) -> QualifiedName? {
        let path = value.text
        if let found = names.find(.shared(.breaker), path, from: file) ?? names.find(.policy, path, from: file) {
            return found.name
        }
        let candidates = names.names(of: .shared(.breaker), from: file) + names.names(of: .policy, from: file)
        names.findings.report(
            UnknownName(kind: "shared breaker or policy", name: path, candidates: candidates)
                .diagnostic(at: files.label(value.range, in: file)))
        return nil
    }

    private func operation(_ value: Value?) -> QualifiedName? {
        value.flatMap { names.resolve(.operation, $0, in: file)?.name }
    }

    private func bound(_ value: Value) -> TestCase.Expectation.Bound? {
        guard let bound = value.bound(), let count = number(bound.count, value) else { return nil }
        switch bound.relation {
        case .exactly: return .exactly(count)
        case .atMost: return .atMost(count)
        case .atLeast: return .atLeast(count)
        }
    }

    private func answer(_ value: Value) -> TestCase.Expectation.Answer? {
        switch value.answer() {
        case .success: .success
        case .failure: .failure
        case .fallback: .fallback
        case .status(let code): status(code, value) ? .status(code) : nil
        case nil: nil
        }
    }

    /// Whether a number is a status; reports one that is not.
    private func status(_ code: Int, _ value: Value) -> Bool {
        if (100...599).contains(code) { return true }
        names.findings.report(
            Diagnostic(
                .outOfBounds, "`\(value.text)` is no status",
                at: files.label(value.range, in: file, "must be 100 to 599")))
        return false
    }

    /// `from 1s to 2s`, `until 10s`; all of the time without words.
    private func window(_ value: Value?) -> TestCase.Window {
        guard let value, !value.isDamaged, let window = value.window() else { return TestCase.Window() }
        let from = window.from.flatMap { time($0, value) } ?? .zero
        return TestCase.Window(from: from, until: time(window.to, value))
    }

    private func number(_ operand: Operand<Int>, _ value: Value) -> Int? {
        switch operand {
        case .literal(let number): number
        case .constant(let name): literal(name, value, .integer)?.integer()
        }
    }

    private func time(_ operand: Operand<Duration>, _ value: Value) -> Duration? {
        switch operand {
        case .literal(let time): time
        case .constant(let name): literal(name, value, .duration)?.duration()
        }
    }

    /// The literal of a constant inside a value of several words.
    private func literal(_ name: String, _ value: Value, _ kind: TokenKind) -> Value? {
        let constants = reader.constants
        guard let literal = constants.literal(named: name, at: value, in: file) else { return nil }
        guard literal.value.kind == kind else {
            constants.reportType(value, in: file, literal: literal, due: kind.typeWords)
            return nil
        }
        return literal.value
    }

    func place(_ statement: Statement) -> SourcePlace { files.place(statement.keywordRange, in: file) }
}
