// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
import WeirPolicy

/// The APIs of a graph beside what serves them.
struct AttachedApis {
    /// The stable id of an API that nobody serves.
    static let gapID = "api-lifecycle"

    private let pairs: [(enforcement: any ApiEnforcement, api: ApiLifecycle)]

    /// Finds for each API what serves it.
    /// - Throws: ``LoadError`` with code `apis` where a name fits no API or several, or an API differs from what serves it.
    init(_ graph: PolicyGraph, _ enforcements: [any ApiEnforcement]) throws(LoadError) {
        var pairs: [(any ApiEnforcement, ApiLifecycle)] = []
        var problems: [String] = []
        for enforcement in enforcements {
            let found = graph.apis.filter { $0.name.answers(to: enforcement.apiName) }
            guard let node = found.first, found.count == 1 else {
                let names = found.isEmpty ? graph.apis.map(\.name) : found.map(\.name)
                let known = names.map { "`\($0)`" }.joined(separator: ", ")
                problems.append(
                    "`\(enforcement.apiName)` is served, and \(found.isEmpty ? "no API has" : "several APIs have") that name"
                        + (known.isEmpty ? "" : "; there \(names.count == 1 ? "is" : "are") \(known)"))
                continue
            }
            let api = ApiLifecycle(node)
            problems += enforcement.problems(with: api).map { "`\(node.name)`: \($0)" }
            pairs.append((enforcement, api))
        }
        guard problems.isEmpty else {
            throw LoadError(
                .apis, "what is served differs from what is declared\n  " + problems.joined(separator: "\n  "))
        }
        self.pairs = pairs
    }

    /// Puts all of them in force.
    func enforce() {
        for pair in pairs { pair.enforcement.enforce(pair.api) }
    }

    /// The APIs that nobody serves.
    static func gaps(
        in graph: PolicyGraph, _ enforcements: [any ApiEnforcement],
        place: (QualifiedName) -> SourcePlace? = { _ in nil }
    ) -> [LoadError.Gap] {
        graph.apis.filter { api in !enforcements.contains { api.name.answers(to: $0.apiName) } }.map { api in
            LoadError.Gap(
                id: gapID, message: "nothing is attached that serves the api `\(api.name)`", place: place(api.name))
        }
    }
}
