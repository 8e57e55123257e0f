// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Resolves `use` statements and refuses packages that use each other in a circle.
struct UseStage {
    private struct Edge {
        let target: Int
        let file: Int
        let range: SourceRange
    }

    let findings: Findings

    func run(_ workspace: inout Workspace) {
        var edges = [[Edge]](repeating: [], count: workspace.packages.count)
        for file in workspace.scopes.indices {
            for statement in workspace.files.trees[file].statements where statement.form == .use {
                guard !statement.isDamaged, let path = statement.value(.path) else { continue }
                guard let target = workspace.packageNumbers[path.text] else {
                    reportUnknown(path, file, workspace)
                    continue
                }
                let own = workspace.scopes[file].package
                if target != own { edges[own].append(Edge(target: target, file: file, range: path.range)) }
                bring(statement, path, target, file, &workspace)
            }
        }
        reportCycles(edges, workspace)
    }

    private func bring(_ statement: Statement, _ path: Value, _ target: Int, _ file: Int, _ workspace: inout Workspace)
    {
        let alias = statement.value(.as)
        let name = alias?.text ?? path.text.split(separator: ".").last.map(String.init) ?? path.text
        let range = alias?.range ?? path.range
        if let first = workspace.scopes[file].aliases[name] {
            let words = workspace.files.form(file) == .weir ? "use … as …" : "{ path: …, as: … }"
            findings.report(
                Diagnostic(
                    .duplicateName, "two packages are called `\(name)` in this file",
                    at: workspace.files.label(range, in: file, "this one comes second"),
                    secondary: [workspace.files.label(first.statement.headRange, in: file, "the first one")],
                    helps: [Diagnostic.Help("give one of them another name: `\(words)`")]))
            return
        }
        workspace.scopes[file].aliases[name] = FileScope.Import(
            package: target, statement: statement, ordinal: workspace.importCount)
        workspace.importCount += 1
    }

    private func reportUnknown(_ path: Value, _ file: Int, _ workspace: Workspace) {
        let known = workspace.packages.map(\.path).filter { !$0.isEmpty }
        findings.report(
            UnknownName(kind: "package", name: path.text, candidates: known)
                .diagnostic(at: workspace.files.label(path.range, in: file)))
    }

    /// Reports each circle once, as a path with every `use` on it.
    private func reportCycles(_ edges: [[Edge]], _ workspace: Workspace) {
        var state = [UInt8](repeating: 0, count: edges.count)
        for start in edges.indices where state[start] == 0 {
            var stack: [(package: Int, next: Int)] = [(start, 0)]
            state[start] = 1
            while let top = stack.last {
                guard top.next < edges[top.package].count else {
                    state[top.package] = 2
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let edge = edges[top.package][top.next]
                if state[edge.target] == 0 {
                    state[edge.target] = 1
                    stack.append((edge.target, 0))
                } else if state[edge.target] == 1, let from = stack.firstIndex(where: { $0.package == edge.target }) {
                    report(stack[from...].map { edges[$0.package][$0.next - 1] }, workspace)
                }
            }
        }
    }

    private func report(_ cycle: [Edge], _ workspace: Workspace) {
        guard let last = cycle.last else { return }
        let names = ([last] + cycle).map { workspace.packages[$0.target].path }
        findings.report(
            Diagnostic(
                .useCycle, "packages use each other in a circle: \(names.joined(separator: " → "))",
                at: workspace.files.label(last.range, in: last.file, "this closes the circle"),
                secondary: cycle.dropLast().map { edge in
                    workspace.files.label(
                        edge.range, in: edge.file, "brings in `\(workspace.packages[edge.target].path)`")
                },
                helps: [Diagnostic.Help("move what both need into a third package")]))
    }
}
