// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// A statement that declares something, and the file it stands in.
struct Declared {
    let statement: Statement
    let file: Int
    /// The package of the file.
    let package: Int
    /// Where the name stands.
    let nameRange: SourceRange
    /// Whether its name is declared twice, so that what is laid over it may be meant for the other one.
    var isDuplicated = false
}

/// A package: everything that its files declare, one namespace a kind.
///
/// A class, because it is handed from stage to stage and only the first one writes to it.
final class Package {
    let path: String
    var policies: [String: Declared] = [:]
    var services: [String: Declared] = [:]
    /// By `service.operation`.
    var operations: [String: Declared] = [:]
    var shared: [StepKind: [String: Declared]] = [:]
    var budgets: [String: Declared] = [:]
    /// Events, exchanges, queues and what else is declared about events.
    var routing: [RoutingKind: [String: Declared]] = [:]
    var apis: [String: Declared] = [:]
    var constants: [String: Declared] = [:]
    var defaults: [StepKind: Declared] = [:]
    var environments: [String: EnvironmentParts] = [:]

    init(path: String) { self.path = path }

    func name(_ name: String) -> QualifiedName { QualifiedName(package: path, name: name) }
}

/// What the files of one package lay over the base for one environment.
struct EnvironmentParts {
    /// One `environment` block a file.
    var blocks: [Declared] = []
    var constants: [String: Declared] = [:]
    var shared: [StepKind: [String: Declared]] = [:]
    var budgets: [String: Declared] = [:]
    var apis: [String: Declared] = [:]
    var policies: [Declared] = []
    var operations: [Declared] = []
}

/// How one file sees other packages.
struct FileScope {
    let package: Int
    /// Packages by the names they have in this file.
    var aliases: [String: Import] = [:]

    /// A `use` statement that found its package.
    struct Import {
        let package: Int
        let statement: Statement
        /// Its position among all `use` statements, to mark it as used.
        let ordinal: Int
    }
}
