// SPDX-License-Identifier: Apache-2.0

package import WeirPolicy
package import WeirResilience

extension EventBus {
    /// Checks whether a new graph may take the place of the one in force, and compiles it; changes nothing.
    ///
    /// Bindings, filters, concurrency, prefetch, redelivery, limits and windows may change. What a broker could not change while it runs
    /// is refused with the plan that would do it.
    package func prepare(_ graph: PolicyGraph, in draft: inout StateDraft) throws -> EventPlan {
        let before = plan
        let topologyPlan = TopologyPlan(from: before.topology, to: graph.topology.withSagas)
        guard topologyPlan.incompatible.isEmpty else { throw TopologyError(topologyPlan) }
        let next = try EventPlan.make(graph, configuration, after: before, in: &draft)
        let (handlers, sagas, runners) = standing.withLock { ($0.handlers, $0.sagas, $0.runners) }
        guard !runners.isEmpty else { return next }
        var resolved = try handlers.resolve(graph.topology, services: configuration.services)
        for saga in try sagas.resolve(graph.topology, services: configuration.services).keys {
            if let inlet = next.sagas[saga]?.node.inlet { resolved[inlet] = [:] }
        }
        var problems: [String] = []
        for (name, runner) in runners.sorted(by: { $0.key < $1.key }) {
            guard resolved[name] != nil, let node = next.subscriptions[name]?.node else {
                problems.append("the subscription `\(name)` is being served and is not declared any more")
                continue
            }
            let queue = runner.subscription.node.queue
            if node.queue != queue {
                problems.append(
                    "the subscription `\(name)` would move from the queue `\(queue)` to `\(node.queue)`: start the service anew"
                )
            }
        }
        guard problems.isEmpty else { throw EventBusError(.queueMoved, problems) }
        return next
    }

    /// Puts a prepared plan in force.
    package func install(_ plan: EventPlan) {
        let (runners, table, sagas, keeper) = standing.withLock {
            $0.plan = plan
            return ($0.runners, $0.handlers, $0.sagas, $0.keeper)
        }
        let declared = plan.graph.topology
        // What was prepared has been resolved before, so there is nothing left to complain about.
        var handlers = (try? table.resolve(declared, services: configuration.services)) ?? [:]
        if let keeper {
            keeper.configure((try? sagas.resolve(declared, services: configuration.services)) ?? [:])
            handlers.merge(keeper.handlers) { own, _ in own }
        }
        for (name, runner) in runners { runner.configure(plan, handlers[name] ?? [:]) }
        for exchange in plan.types.values.flatMap(\.exchanges) { exchange.window.configure(exchange.settings) }
    }
}
