// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirResilience
public import WeirSyntax

/// What became of one look at the policy files.
public struct ReloadReport: Sendable {
    /// What made Weir look.
    public enum Trigger: String, Sendable, Hashable {
        /// The start of the service.
        case start
        /// The service asked for it.
        case request
        /// The files changed.
        case watch
        /// The process got SIGHUP.
        case hangup
    }

    /// What came of it.
    public enum Outcome: Sendable {
        /// A new graph is in force.
        case applied
        /// The files say what the graph in force says.
        case unchanged
        /// The files are refused; the graph in force stays.
        case rejected(LoadError)
    }

    /// What made Weir look.
    public let trigger: Trigger
    /// What came of it.
    public let outcome: Outcome
    /// The generation of the graph in force afterwards.
    public let generation: Int
    /// The hash of the graph in force afterwards.
    public let graphHash: String
    /// Policies that the new graph adds, drops or changes, in order of their names.
    public let added, removed, changed: [QualifiedName]
    /// Which live states went on and which began afresh, in order of their keys.
    public let states: [StateChange]
    /// Findings that refuse nothing.
    public let warnings: [Diagnostic]
    /// How long reading, compiling and swapping took.
    public let duration: Duration

    init(
        _ trigger: Trigger, _ outcome: Outcome, generation: Int, graphHash: String, change: GraphChange = GraphChange(),
        states: [StateChange] = [], warnings: [Diagnostic] = [], duration: Duration
    ) {
        self.trigger = trigger
        self.outcome = outcome
        self.generation = generation
        self.graphHash = graphHash
        added = change.added
        removed = change.removed
        changed = change.changed
        self.states = states.sorted { "\($0.key)" < "\($1.key)" }
        self.warnings = warnings
        self.duration = duration
    }
}

extension ReloadReport: CustomStringConvertible {
    /// One line for a log, except that a refusal has all its findings.
    public var description: String {
        switch outcome {
        case .unchanged: return "policies unchanged, generation \(generation)"
        case .rejected(let error):
            return "policies refused, generation \(generation) stays in force\n\(error)"
        case .applied:
            let parts = [("changed", changed), ("added", added), ("removed", removed)]
            let policies = parts.filter { !$0.1.isEmpty }.map { word, names in
                "\(word) \(names.map { "\($0)" }.joined(separator: ", "))"
            }
            let fresh = states.filter { $0.effect == .changed }
            let kept = states.count { $0.effect == .kept }
            let states = ["\(kept) states kept"] + fresh.map { "\($0.key) starts afresh" }
            return "policies in force, generation \(generation): " + (policies + states).joined(separator: "; ")
        }
    }
}

/// Which policies differ between two graphs.
struct GraphChange: Sendable, Hashable {
    var added: [QualifiedName] = []
    var removed: [QualifiedName] = []
    var changed: [QualifiedName] = []

    init() {}

    init(from old: PolicyGraph, to new: PolicyGraph) {
        for policy in new.policies {
            guard let before = old.policy(policy.name) else {
                added.append(policy.name)
                continue
            }
            if before != policy { changed.append(policy.name) }
        }
        removed = old.policies.map(\.name).filter { new.policy($0) == nil }
    }
}
