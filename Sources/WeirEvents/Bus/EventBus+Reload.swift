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
        let topologyPlan = TopologyPlan(from: before.topology, to: graph.topology)
        guard topologyPlan.incompatible.isEmpty else { throw TopologyError(topologyPlan) }
        let next = try EventPlan.make(graph, configuration, after: before, in: &draft)
        let (handlers, runners) = standing.withLock { ($0.handlers, $0.runners) }
        guard !runners.isEmpty else { return next }
        let resolved = try handlers.resolve(graph.topology, services: configuration.services)
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
        let (runners, table) = standing.withLock {
            $0.plan = plan
            return ($0.runners, $0.handlers)
        }
        // What was prepared has been resolved before, so there is nothing left to complain about.
        let handlers = (try? table.resolve(plan.topology, services: configuration.services)) ?? [:]
        for (name, runner) in runners { runner.configure(plan, handlers[name] ?? [:]) }
        for exchange in plan.types.values.flatMap(\.exchanges) { exchange.window.configure(exchange.settings) }
    }
}
