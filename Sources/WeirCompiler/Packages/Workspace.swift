// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// All packages and the files they consist of: what the first stage makes of the trees.
struct Workspace {
    let files: FileTable
    var packages: [Package]
    /// For each file its package and what it uses.
    var scopes: [FileScope]
    let packageNumbers: [String: Int]
    /// All `test` blocks, in order of file and place.
    var tests: [Declared] = []
    /// How many `use` statements found their package.
    var importCount = 0

    /// The names of all environments, sorted.
    var environments: [String] { Set(packages.flatMap(\.environments.keys)).sorted() }

    func package(of file: Int) -> Package { packages[scopes[file].package] }
}
