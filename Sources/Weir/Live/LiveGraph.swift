// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// A graph in force: what every handle's calls run through, at the handle's index.
final class LiveGraph: Sendable {
    /// Counts from 1; a reload that changes the graph adds one.
    let generation: Int
    let graph: PolicyGraph
    /// What each handle's name means here, by handle.
    let bindings: [HandleBinding]
    let pipelines: [Pipeline]
    // Safe: filled in `init`, never written again, freed in `deinit`.
    nonisolated(unsafe) let entries: UnsafeMutablePointer<HandleEntry>

    /// - Parameter pipelines: one for each binding, in their order.
    init(generation: Int, graph: PolicyGraph, bindings: [HandleBinding], pipelines: [Pipeline]) {
        self.generation = generation
        self.graph = graph
        self.bindings = bindings
        self.pipelines = pipelines
        entries = .allocate(capacity: max(bindings.count, 1))
        for (index, binding) in bindings.enumerated() {
            (entries + index).initialize(to: HandleEntry(pipeline: pipelines[index], facts: binding.facts))
        }
    }

    deinit {
        entries.deinitialize(count: bindings.count)
        entries.deallocate()
    }
}

extension HandleBinding {
    /// What is known of every call.
    var facts: CallFacts {
        guard policy.steps.contains(where: \.policy.isScoped) else { return CallFacts(isRepeatable: isRepeatable) }
        let caller = caller.map { "\($0)" }, operation = operation.map { "\($0)" }
        return CallFacts(isRepeatable: isRepeatable) { source in
            switch source {
            case .caller: caller
            case .operation: operation
            case .header, .field: nil
            }
        }
    }
}

extension PolicyStep {
    /// Whether the step keeps separate states by the value of a key.
    fileprivate var isScoped: Bool {
        switch self {
        case .breaker(let policy): policy.scope != nil
        case .bulkhead(let policy): policy.scope != nil
        case .limit(let policy): policy.scope != nil
        case .cache(let policy): policy.scope != nil
        case .coalesce(let policy): policy.scope != nil
        case .throttle(let policy): policy.scope != nil
        case .fallback, .deadline, .retry, .hedge, .timeout, .chaos: false
        }
    }
}
