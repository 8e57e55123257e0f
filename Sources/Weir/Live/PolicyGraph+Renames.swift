// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension PolicyGraph {
    /// For each new name of whatever owns live state its former one.
    var formerNames: [QualifiedName: QualifiedName] {
        Dictionary(renames.filter { $0.kind != .service && $0.kind != .budget }.map { ($0.new, $0.old) }) {
            first, _ in first
        }
    }

    /// The names that things of some kinds have now which had this name, or one that ends with it, before.
    func presentNames(of text: String, _ kinds: Set<Rename.Kind>) -> [QualifiedName] {
        renames.filter { kinds.contains($0.kind) && $0.old.answers(to: text) }.map(\.new)
    }
}
