// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension PolicyGraph {
    /// For each new name of whatever owns live state its former one; also where a policy and its operation own it together.
    var formerNames: [QualifiedName: QualifiedName] {
        guard !renames.isEmpty else { return [:] }
        var former = Dictionary(renames.filter { $0.kind != .service && $0.kind != .budget }.map { ($0.new, $0.old) }) {
            first, _ in first
        }
        for call in operations.flatMap(\.calls) {
            guard let policy = call.policy else { continue }
            let old = HandleBinding.owner(of: former[call.callee] ?? call.callee, using: former[policy] ?? policy)
            let new = HandleBinding.owner(of: call.callee, using: policy)
            if old != new { former[new] = old }
        }
        return former
    }

    /// The names that things of some kinds have now which had this name, or one that ends with it, before.
    func presentNames(of text: String, _ kinds: Set<Rename.Kind>) -> [QualifiedName] {
        renames.filter { kinds.contains($0.kind) && $0.old.answers(to: text) }.map(\.new)
    }
}
