// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Which sagas this process runs, with which code for their calls, and whether that is what the policies say.
struct SagaTable: Sendable {
    struct Registration: Sendable {
        let saga: String
        /// nil: all that have no code of their own.
        let operation: String?
        /// nil: the saga calls nothing.
        let action: SagaAction?
        /// Where in the service's code.
        let place: String
    }

    private(set) var registrations: [Registration] = []

    mutating func add(_ registration: Registration) { registrations.append(registration) }

    /// The code of each call, by saga and operation.
    /// - Throws: ``EventBusError`` with everything that is missing, and everything that nothing asks for.
    func resolve(
        _ topology: EventTopology, services: [String]?
    ) throws(EventBusError) -> [QualifiedName: [QualifiedName: SagaAction]] {
        var found: [QualifiedName: [QualifiedName: SagaAction]] = [:]
        var problems: [String] = []
        // Those for one operation first, so that those for all take what is left.
        for registration in registrations.filter({ $0.operation != nil })
            + registrations.filter({ $0.operation == nil })
        {
            let matching = topology.sagas.filter { $0.name.answers(to: registration.saga) }
            guard let node = matching.first, matching.count == 1 else {
                let known = topology.sagas.map { "`\($0.name)`" }.joined(separator: ", ")
                problems.append(
                    "\(matching.isEmpty ? "no saga is" : "several sagas are") called `\(registration.saga)`"
                        + " (\(registration.place)): \(known.isEmpty ? "the policies declare none" : known)")
                continue
            }
            var actions = found[node.name] ?? [:]
            problems += Self.take(registration, of: node, into: &actions)
            found[node.name] = actions
        }
        problems += missing(found, topology, services)
        guard problems.isEmpty else { throw EventBusError(.handlers, problems) }
        return found
    }

    private static func take(
        _ registration: Registration, of node: SagaNode, into actions: inout [QualifiedName: SagaAction]
    ) -> [String] {
        guard let action = registration.action else { return [] }
        guard let wanted = registration.operation else {
            for operation in node.operations where actions[operation] == nil { actions[operation] = action }
            return []
        }
        let operations = node.operations.filter { $0.answers(to: wanted) }
        guard !operations.isEmpty else {
            return ["the saga `\(node.name)` never calls `\(wanted)` (\(registration.place))"]
        }
        return operations.compactMap { operation in
            guard actions.updateValue(action, forKey: operation) != nil else { return nil }
            return "the saga `\(node.name)` has two ways to call `\(operation)` (\(registration.place))"
        }
    }

    private func missing(
        _ found: [QualifiedName: [QualifiedName: SagaAction]], _ topology: EventTopology, _ services: [String]?
    ) -> [String] {
        topology.sagas.flatMap { node -> [String] in
            guard let actions = found[node.name] else {
                // A process that runs some services only may leave a saga to another one.
                return services == nil ? ["nothing runs the saga `\(node.name)`"] : []
            }
            return node.operations.filter { actions[$0] == nil }
                .map { "the saga `\(node.name)` calls `\($0)`, and nothing says how" }
        }
    }
}

extension SagaNode {
    /// The operations that it calls, in the order of their names.
    var operations: [QualifiedName] { Set(calls.map(\.operation)).sorted() }

    /// Its calls with the policies that they run through.
    var calls: Set<SagaTarget> {
        Set(
            steps.flatMap { [$0.action, $0.compensation] }.compactMap { action in
                guard case .call(let operation, let policy)? = action else { return nil }
                return SagaTarget(operation: operation, policy: policy)
            })
    }
}

/// An operation and the policy through which it is called.
struct SagaTarget: Sendable, Hashable {
    let operation: QualifiedName
    let policy: QualifiedName?
}
