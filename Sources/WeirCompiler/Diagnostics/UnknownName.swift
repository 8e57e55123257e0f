// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The finding that a name means nothing, with the names that may have been meant.
struct UnknownName {
    /// What was looked for, such as `policy`.
    let kind: String
    let name: String
    let candidates: [String]
    var secondary: [Diagnostic.Label] = []
    /// What stands before the name in the text, such as `$`.
    var prefix = ""

    init(kind: String, name: String, candidates: [String], secondary: [Diagnostic.Label] = [], prefix: String = "") {
        self.kind = kind
        self.name = name
        self.candidates = candidates
        self.secondary = secondary
        self.prefix = prefix
    }

    func diagnostic(at place: Diagnostic.Label) -> Diagnostic {
        let near = NearestName.near(name, among: candidates)
        var helps: [Diagnostic.Help] = []
        var notes: [String] = []
        if let best = near.first {
            let edit = Diagnostic.Edit(file: place.file, range: place.range, replacement: prefix + best)
            helps = [
                Diagnostic.Help(
                    "did you mean `\(prefix)\(best)`?", edits: near.count == 1 ? [edit] : [],
                    applicability: near.count == 1 ? .unsafe : .display)
            ]
            helps += near.dropFirst().prefix(2).map { Diagnostic.Help("or `\(prefix)\($0)`") }
        } else if (1...NearestName.mostListed).contains(candidates.count) {
            let list = candidates.sorted().map { "`\(prefix)\($0)`" }.joined(separator: ", ")
            notes = ["known here: \(list)"]
        }
        return Diagnostic(
            .unknownName, "there is no \(kind) `\(prefix)\(name)`", at: place, secondary: secondary, notes: notes,
            helps: helps)
    }
}
