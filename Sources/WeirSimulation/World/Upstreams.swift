// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirResilience

/// What operations do when a call reaches them.
///
/// Where no row of the test speaks of an operation, it makes the calls that it declares, or succeeds after its typical
/// latency. Where rows do, it does just what they say: at once unless one says how long it takes, and without making its
/// own calls. Later rows stand over earlier ones; a status and a time combine, `is down` stands alone.
struct Upstreams {
    /// What an operation does with one call.
    enum Reaction: Hashable {
        /// It answers after a while.
        case answers(CallOutcome, after: VirtualTime)
        /// It makes its own calls, one after the other.
        case calls([OperationNode.Call])
    }

    private let graph: PolicyGraph
    private let given: [QualifiedName: [TestCase.Given]]

    init(graph: PolicyGraph, given: [TestCase.Given]) {
        self.graph = graph
        self.given = Dictionary(grouping: given, by: \.operation)
    }

    /// What the operation does with a call that reaches it at this time.
    func reaction(of name: QualifiedName, at now: VirtualTime) -> Reaction {
        let node = graph.operation(name)
        let rows = (given[name] ?? []).filter { $0.window.contains(now) }
        var outcome: CallOutcome = node?.method == nil ? .success : .status(200)
        guard !rows.isEmpty else {
            if let calls = node?.calls, !calls.isEmpty { return .calls(calls) }
            return .answers(outcome, after: VirtualTime(node?.typicalLatency ?? .zero))
        }
        var latency = VirtualTime.zero
        var isDown = false
        for row in rows {
            switch row.behaviour {
            case .status(let code):
                outcome = .status(code)
                isDown = false
            case .takes(let length):
                latency = VirtualTime(length)
                isDown = false
            case .down: isDown = true
            }
        }
        return isDown ? .answers(.failure(.refused), after: .zero) : .answers(outcome, after: latency)
    }
}

extension TestCase.Window {
    /// Whether the moment is part of the window; its end is not.
    func contains(_ moment: VirtualTime) -> Bool {
        guard moment >= VirtualTime(from) else { return false }
        return until.map { moment < VirtualTime($0) } ?? true
    }
}
