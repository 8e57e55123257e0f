// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// A saga as one plan has it.
final class SagaPlan: Sendable {
    let machine: SagaMachine
    /// What its calls run through; none: nothing.
    let pipelines: [SagaTarget: Pipeline]
    /// How long a call may take before somebody else makes it, too.
    let lease: Duration

    var node: SagaNode { machine.node }

    init(_ node: SagaNode, _ pipelines: [SagaTarget: Pipeline], lease: Duration) {
        machine = SagaMachine(node: node)
        self.pipelines = pipelines
        self.lease = lease
    }

    /// What an event of its own says: what the run knows of the fields that the event's type declares.
    func event(_ type: EventNode, _ task: SagaMachine.Task, _ run: SagaRun, _ key: SagaKey) -> Event {
        let names = Set(type.fields.flatMap { EventShape.keys(of: $0.name) })
        let known = run.fields.filter { names.contains($0.key) }
        var event = Event(type.type, .object(known.isEmpty ? [node.key: .string(key.run)] : known))
        event.id = Self.id(task, run, node)
        event.correlationID = run.cause.correlation
        event.causationID = run.cause.id
        event.hops = run.cause.hops + 1
        return event
    }

    /// The same for each attempt at a task of a run.
    static func id(_ task: SagaMachine.Task, _ run: SagaRun, _ node: SagaNode) -> String {
        "\(run.startID).\(node.name.name).\(task.step)\(task.isCompensation ? ".undo" : "")"
    }
}
