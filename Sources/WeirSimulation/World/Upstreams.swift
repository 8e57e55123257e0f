// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirResilience

/// What operations do when a call reaches them: as the test says, else as they are declared.
///
/// Later rows stand over earlier ones. A status and a time combine; `is down` stands alone. An operation that a row speaks
/// about does just that: the calls that it would make are not made.
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
        let typical = VirtualTime(node?.typicalLatency ?? .zero)
        let healthy: CallOutcome = node?.method == nil ? .success : .status(200)
        let rows = (given[name] ?? []).filter { $0.window.contains(now) }
        if rows.isEmpty, let calls = node?.calls, !calls.isEmpty { return .calls(calls) }
        var outcome = healthy
        var latency = typical
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
