// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Follows `$name` to its literal: an environment's `let` over the package's own.
struct ConstantResolver {
    let names: NameResolver
    /// The environment whose constants hold; nil: the base.
    let environment: String?

    /// A literal, and the file it stands in.
    struct Literal {
        let value: Value
        let file: Int
        /// The `let` it comes from; nil when it stands where it is used.
        let constant: Declared?
    }

    /// The literal of a value; nil when the constant does not exist, which is reported.
    func literal(_ value: Value, in file: Int) -> Literal? {
        guard let name = value.constantName else { return Literal(value: value, file: file, constant: nil) }
        return literal(named: name, at: value, in: file)
    }

    /// The literal of a constant that a value names; nil when it does not exist, which is reported.
    func literal(named name: String, at value: Value, in file: Int) -> Literal? {
        let package = names.workspace.package(of: file)
        let overlay = environment.flatMap { package.environments[$0]?.constants[name] }
        if package.constants[name] != nil || overlay != nil { names.usedConstants.insert(package.name(name)) }
        guard let declared = overlay ?? package.constants[name] else {
            report(name, value, file, package)
            return nil
        }
        guard let literal = declared.statement.value(.value), !literal.isDamaged, !declared.statement.isDamaged else {
            return nil
        }
        // A type that an environment changes is reported once, at its `let`, not at every use.
        if overlay != nil, let base = package.constants[name]?.statement.value(.value), base.kind != literal.kind {
            return nil
        }
        return Literal(value: literal, file: declared.file, constant: declared)
    }

    /// The `let` of the environment that gives a value; nil where the value is no constant, or the package's own `let` gives it.
    func overlay(of value: Value, in file: Int) -> Declared? {
        guard let environment, let name = value.constantName else { return nil }
        return names.workspace.package(of: file).environments[environment]?.constants[name]
    }

    private func report(_ name: String, _ value: Value, _ file: Int, _ package: Package) {
        let files = names.workspace.files
        var candidates = Set(package.constants.keys)
        if let environment { candidates.formUnion(package.environments[environment]?.constants.keys.map { $0 } ?? []) }
        let elsewhere = package.environments.sorted { $0.key < $1.key }.compactMap { name_, parts in
            parts.constants[name].map { files.label($0.nameRange, in: $0.file, "only declared in \(name_)") }
        }
        names.findings.report(
            UnknownName(
                kind: "constant", name: name, candidates: candidates.sorted(), secondary: elsewhere, prefix: "$"
            )
            .diagnostic(at: files.label(value.range, in: file)))
    }

    /// Reports a constant whose literal is of another type than the one that is due.
    func reportType(_ value: Value, in file: Int, literal: Literal, due: String) {
        guard literal.constant != nil else { return }
        let files = names.workspace.files
        let found = literal.value.kind.typeWords
        names.findings.report(
            Diagnostic(
                .wrongKind, "`\(value.text)` is \(found), and \(due) is due here",
                at: files.label(value.range, in: file, "expected \(due)"),
                secondary: [
                    files.label(literal.value.range, in: literal.file, "`\(literal.value.text)` is \(found)")
                ]))
    }

    /// Reports a literal that is out of its bounds.
    func reportBounds(_ value: Value, in file: Int, literal: Literal, rule: String) {
        let files = names.workspace.files
        let secondary =
            literal.constant == nil
            ? [] : [files.label(literal.value.range, in: literal.file, "`\(literal.value.text)` comes from here")]
        names.findings.report(
            Diagnostic(
                .outOfBounds, "`\(value.text)` must be \(rule)",
                at: files.label(value.range, in: file, "must be \(rule)"), secondary: secondary))
    }
}

extension TokenKind {
    /// A literal's type with its article.
    var typeWords: String {
        switch self {
        case .integer: "a number"
        case .duration: "a duration"
        case .rate: "a rate"
        case .percent: "a percentage"
        case .factor: "a factor"
        case .size: "a size"
        case .date: "a date"
        case .instant: "an instant"
        case .string: "a text"
        default: "a name"
        }
    }
}
