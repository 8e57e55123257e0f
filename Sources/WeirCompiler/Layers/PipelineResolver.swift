// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Resolves the layers of policies for one environment: extended policy, policy, overlay, one over the other.
///
/// An overlay counts at its own level of the chain: what extends the policy starts from the policy with its overlay.
final class PipelineResolver {
    /// The longest chain of `extends`.
    static let mostLevels = 64

    let names: NameResolver
    let environment: String?
    /// For each policy the overlay on it in this environment.
    let overlays: [QualifiedName: Declared]
    /// Steps of policies that others extend, kept because they are asked for again.
    private var known: [QualifiedName: [StepDraft]?] = [:]
    private let extended: Set<QualifiedName>
    private let parents: ExtendsTable

    init(_ names: NameResolver, parents: ExtendsTable, environment: String?, overlays: [QualifiedName: Declared]) {
        self.names = names
        self.environment = environment
        self.overlays = overlays
        self.parents = parents
        extended = parents.extended
    }

    /// The steps of a policy, outermost first; nil when its chain is broken, which has been reported.
    func steps(of name: QualifiedName, _ declared: Declared) -> [StepDraft]? {
        if let steps = known[name] { return steps }
        let steps = resolve(name, declared)
        if extended.contains(name) { known[name] = .some(steps) }
        return steps
    }

    private func resolve(_ name: QualifiedName, _ declared: Declared) -> [StepDraft]? {
        var steps: [StepDraft] = []
        var isChild = false
        switch parents.parent(of: name) {
        case .none: break
        case .broken: return nil
        case .policy(let parent, let parentDeclared):
            guard let inherited = self.steps(of: parent, parentDeclared) else { return nil }
            steps = inherited
            isChild = true
        }
        PolicyBody(names: names, file: declared.file, layer: .policy(name), title: name.name, isChild: isChild)
            .apply(declared.statement, to: &steps)
        if let environment, let overlay = overlays[name] {
            PolicyBody(
                names: names, file: overlay.file, layer: .environment(environment),
                title: name.name, isChild: true
            ).apply(overlay.statement, to: &steps)
        }
        return steps
    }
}
