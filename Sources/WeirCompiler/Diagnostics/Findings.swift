// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Collects the findings of all stages; the same finding in several environments becomes one that names them.
///
/// A class, because all stages of one compilation write to the same list; it never leaves the compilation.
final class Findings {
    private struct Key: Hashable {
        let code: String
        let message: String
        let place: Diagnostic.Label
    }

    private var order: [Diagnostic] = []
    private var positions: [Key: Int] = [:]
    /// For each finding the environments it was found in; empty: the base.
    private var environments: [[String]] = []

    /// The environment that is being resolved; nil: the base.
    var environment: String?

    /// Keeps a finding, once.
    func report(_ diagnostic: Diagnostic) {
        let place = Diagnostic.Label(file: diagnostic.primary.file, range: diagnostic.primary.range)
        let key = Key(code: diagnostic.id.code, message: diagnostic.message, place: place)
        if let position = positions[key] {
            if let environment, !environments[position].isEmpty, !environments[position].contains(environment) {
                environments[position].append(environment)
            }
            return
        }
        positions[key] = order.count
        order.append(diagnostic)
        environments.append(environment.map { [$0] } ?? [])
    }

    /// Whether a finding so far is an error.
    var hasErrors: Bool { order.contains { $0.severity == .error } }

    /// All findings, with the environments named that they are limited to.
    var all: [Diagnostic] {
        zip(order, environments).map { diagnostic, environments in
            guard !environments.isEmpty else { return diagnostic }
            return Diagnostic(
                diagnostic.id, severity: diagnostic.severity,
                "\(diagnostic.message), in \(environments.sorted().joined(separator: ", "))", at: diagnostic.primary,
                secondary: diagnostic.secondary, notes: diagnostic.notes, helps: diagnostic.helps)
        }
    }
}
