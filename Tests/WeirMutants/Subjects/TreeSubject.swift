// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Parser and YAML composer: every byte is in the tree, everything stands inside of the text, findings can be shown.
final class TreeSubject: MutantSubject {
    private let form: SourceFile.Form

    init(form: SourceFile.Form) { self.form = form }

    func flaw(_ mutant: SourceFile) -> String? {
        let tree = SyntaxTree.parse(mutant)
        return Self.flaw(tree) ?? Self.flaw(tree.statements, within: 0..<mutant.bytes.count)
    }

    /// What does not hold of the tree as a whole.
    static func flaw(_ tree: SyntaxTree) -> String? {
        let size = tree.source.bytes.count
        var end = 0
        for (index, token) in tree.tokens.enumerated() {
            // In YAML an alias stands for the tokens of its anchor once more.
            guard tree.source.form == .yaml || Int(token.start) >= end else { return "tokens overlap" }
            guard token.end <= tree.text.count else { return "a token stands outside of the text" }
            guard tree.range(ofToken: index).end <= size else { return "a token stands outside of the file" }
            end = token.end
        }
        guard tree.diagnostics.count <= Limits.diagnosticsPerFile else { return "there are too many findings" }
        for finding in tree.diagnostics {
            let ranges =
                [finding.primary.range] + finding.secondary.map(\.range) + finding.helps.flatMap(\.edits).map(\.range)
            guard ranges.allSatisfy({ $0.start <= $0.end && $0.end <= size }) else {
                return "a finding stands outside of the file: \(finding.message)"
            }
            guard !finding.message.isEmpty, !finding.message.hasSuffix(".") else {
                return "a finding is out of shape: \(finding.message)"
            }
        }
        let file = tree.source
        let shown = DiagnosticRenderer { _ in file }.render(tree.diagnostics)
        return shown.isEmpty == tree.diagnostics.isEmpty ? nil : "a finding is not shown"
    }

    /// Reads every value as everything that it may be, and looks where statements stand.
    private static func flaw(_ statements: Statements, within file: Range<Int>) -> String? {
        for statement in statements {
            guard statement.headRange.end <= file.upperBound, statement.keywordRange.end <= file.upperBound else {
                return "a statement stands outside of the file"
            }
            _ = statement.documentation
            for value in statement.allValues {
                _ = (value.duration(), value.rate(), value.ratio(), value.factor(), value.integer(), value.size())
                _ = (value.outcome(), value.window(), value.bound(), value.answer(), value.scopeSource())
                _ = (value.string(), value.instant(), value.period(), value.version(), value.constantName)
                _ = (value.filter(), value.headerField(), value.consumerSource(), value.versionReader())
                guard value.range.end <= file.upperBound else { return "a value stands outside of the file" }
            }
            if let flaw = flaw(statement.statements, within: file) { return flaw }
        }
        return nil
    }
}
