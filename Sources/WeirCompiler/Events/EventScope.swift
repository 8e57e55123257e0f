// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Reads names and values out of the statements of one file, and reports what is wrong with them.
struct EventScope {
    let names: NameResolver
    let constants: ConstantResolver
    let file: Int
    let reader: ValueReader

    init(_ names: NameResolver, _ constants: ConstantResolver, file: Int) {
        self.names = names
        self.constants = constants
        self.file = file
        reader = ValueReader(constants: constants, file: file)
    }

    var files: FileTable { names.workspace.files }

    /// The full name that a value resolves to; what it does not resolve to is reported.
    func name(_ kind: NameResolver.Kind, _ value: Value?) -> QualifiedName? {
        value.flatMap { names.resolve(kind, $0, in: file)?.name }
    }

    func event(_ value: Value?) -> QualifiedName? { name(.routing(.event), value) }
    func exchange(_ value: Value?) -> QualifiedName? { name(.routing(.exchange), value) }
    func queue(_ value: Value?) -> QualifiedName? { name(.routing(.queue), value) }

    func events(_ statement: Statement?, _ slot: Slot) -> [QualifiedName] {
        statement?.values(slot).compactMap { event($0) } ?? []
    }

    /// The bindings of a statement's `from` statements, those that cannot mean anything reported.
    func sources(_ statement: Statement, _ exchanges: [QualifiedName: ExchangeNode]) -> [SubscriptionNode.Source] {
        statement.all(.from).compactMap { from in
            let patterns = from.values(.matching)
            for value in patterns { check(pattern: value) }
            guard let name = exchange(from.value(.exchange)) else { return nil }
            if let exchange = exchanges[name] { check(from, patterns, exchange) }
            return SubscriptionNode.Source(exchange: name, patterns: patterns.compactMap { $0.string() })
        }
    }

    private func check(pattern value: Value) {
        guard let text = value.string(), text.utf8.count > TopicPattern.mostBytes else { return }
        report(
            .outOfBounds, "a pattern has at most \(TopicPattern.mostBytes) bytes, and this one has \(text.utf8.count)",
            at: value.range)
    }

    private func check(_ from: Statement, _ patterns: [Value], _ exchange: ExchangeNode) {
        switch exchange.kind {
        case .topic, .direct:
            guard patterns.isEmpty, let value = from.value(.exchange) else { return }
            report(
                .unusablePattern,
                "`\(value.text)` is a \(exchange.kind.rawValue) exchange, and nothing says which events to take",
                at: value.range, help: "add `matching` with patterns of types; `\"#\"` takes all")
        case .fanout, .headers:
            guard let first = patterns.first, let value = from.value(.exchange) else { return }
            let how = exchange.kind == .fanout ? "to everyone" : "to everyone whose filter holds"
            report(
                .unusablePattern,
                "`\(value.text)` is a \(exchange.kind.rawValue) exchange, which hands on everything \(how)",
                at: first.range, label: "a pattern selects nothing here", help: "leave out `matching`")
        }
    }

    /// Reports two statements of which only one can hold.
    func reportContradiction(_ statement: Statement, _ one: Form, _ other: Form, _ message: String) {
        guard let first = statement.first(one), let second = statement.first(other) else { return }
        let inOrder = first.keywordRange.start <= second.keywordRange.start ? [first, second] : [second, first]
        names.findings.report(
            Diagnostic(
                .repeatedSetting, message, at: files.label(inOrder[1].keywordRange, in: file, "and here the other"),
                secondary: [files.label(inOrder[0].keywordRange, in: file, "here the one")],
                helps: [Diagnostic.Help("keep one of them")]))
    }

    /// Reports a declaration that lacks what it cannot do without; false when it lacks it.
    func needs(_ form: Form, _ word: String, _ declared: Declared, _ kind: RoutingKind) -> Bool {
        let statement = declared.statement
        guard statement.first(form) == nil else { return true }
        // A statement that could not be read may be the one that is missing.
        if !statement.isDamaged, !names.workspace.files.trees[file].hasErrors(in: statement) {
            report(
                .incompleteDeclaration, "\(kind.words) `\(statement.value(.name)?.text ?? "")` has no `\(word)`",
                at: declared.nameRange, help: "add `\(word)`")
        }
        return false
    }

    func report(
        _ id: DiagnosticID, _ message: String, at range: SourceRange, label: String = "", help: String? = nil,
        secondary: [Diagnostic.Label] = []
    ) {
        names.findings.report(
            Diagnostic(
                id, message, at: files.label(range, in: file, label), secondary: secondary,
                helps: help.map { [Diagnostic.Help($0)] } ?? []))
    }
}

extension Statement {
    /// The statements of a form in its block that are not damaged, in order.
    func all(_ form: Form) -> [Statement] { statements.filter { $0.form == form && !$0.isDamaged } }

    /// The first statement of a form in its block, damaged or not.
    func first(_ form: Form) -> Statement? { statements.first { $0.form == form } }
}

extension SyntaxTree {
    /// Whether something in a statement, or below it up to the next declaration, could not be read.
    func hasErrors(in statement: Statement) -> Bool {
        var end = statement.headRange.end
        for inner in statement.statements { end = max(end, inner.headRange.end) }
        return diagnostics.contains { finding in
            finding.severity == .error && finding.primary.range.start >= statement.keywordRange.start
                && (finding.primary.range.start <= end || !hasDeclaration(from: end, to: finding.primary.range.start))
        }
    }

    private func hasDeclaration(from start: UInt32, to end: UInt32) -> Bool {
        statements.contains { $0.keywordRange.start > start && $0.keywordRange.start <= end }
    }
}
