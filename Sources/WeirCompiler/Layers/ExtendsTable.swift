// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Which policy extends which; circles, unknown parents and chains that are too long are reported once, here.
struct ExtendsTable {
    /// What a policy extends.
    enum Parent {
        case none
        case policy(QualifiedName, Declared)
        /// Its chain has no end; every policy on it stays without steps.
        case broken
    }

    private var parents: [QualifiedName: Parent] = [:]
    /// The policies that another one extends.
    private(set) var extended: Set<QualifiedName> = []

    init(_ names: NameResolver) {
        for package in names.workspace.packages {
            for (name, declared) in package.policies.sorted(by: { $0.key < $1.key }) {
                guard let value = declared.statement.value(.extends) else { continue }
                guard let found = names.resolve(.policy, value, in: declared.file), !found.declared.isDuplicated else {
                    parents[package.name(name)] = .broken
                    continue
                }
                parents[package.name(name)] = .policy(found.name, found.declared)
                extended.insert(found.name)
            }
        }
        breakCycles(names)
    }

    /// The policy that each policy extends, where it extends one.
    var extendedByName: [QualifiedName: QualifiedName] {
        parents.compactMapValues { parent in if case .policy(let name, _) = parent { name } else { nil } }
    }

    func parent(of name: QualifiedName) -> Parent { parents[name] ?? .none }

    private mutating func breakCycles(_ names: NameResolver) {
        var depths: [QualifiedName: Int] = [:]
        for start in parents.keys.sorted() where depths[start] == nil {
            var chain: [QualifiedName] = []
            var positions: [QualifiedName: Int] = [:]
            var name = start
            var depth = 0
            while true {
                if let position = positions[name] {
                    report(Array(chain[position...]), names)
                    for member in chain { parents[member] = .broken }
                    break
                }
                if let known = depths[name] {
                    depth = known
                    break
                }
                guard case .policy(let parent, _)? = parents[name] else { break }
                positions[name] = chain.count
                chain.append(name)
                name = parent
            }
            for member in chain.reversed() {
                depth += 1
                depths[member] = depth
                if depth == PipelineResolver.mostLevels { reportDepth(member, names) }
                if depth >= PipelineResolver.mostLevels { parents[member] = .broken }
            }
        }
    }

    private func report(_ cycle: [QualifiedName], _ names: NameResolver) {
        let files = names.workspace.files
        let places = cycle.compactMap { name in self.declared(name, names).map { (name, $0) } }
        guard let (first, declared) = places.first, let value = declared.statement.value(.extends) else { return }
        let path = (cycle + [first]).map(\.name).joined(separator: " → ")
        names.findings.report(
            Diagnostic(
                .extendsCycle, "policies extend each other in a circle: \(path)",
                at: files.label(value.range, in: declared.file, "`\(first.name)` extends `\(value.text)`"),
                secondary: places.dropFirst().compactMap { name, declared in
                    declared.statement.value(.extends).map {
                        files.label($0.range, in: declared.file, "`\(name.name)` extends `\($0.text)`")
                    }
                }, helps: [Diagnostic.Help("let one of them stand for itself")]))
    }

    private func reportDepth(_ name: QualifiedName, _ names: NameResolver) {
        guard let declared = declared(name, names), let value = declared.statement.value(.extends) else { return }
        names.findings.report(
            Diagnostic(
                .limitExceeded, "`\(name.name)` is \(PipelineResolver.mostLevels) levels of `extends` deep",
                at: names.workspace.files.label(value.range, in: declared.file, "one level too many")))
    }

    private func declared(_ name: QualifiedName, _ names: NameResolver) -> Declared? {
        names.workspace.packageNumbers[name.package].flatMap { names.workspace.packages[$0].policies[name.name] }
    }
}
