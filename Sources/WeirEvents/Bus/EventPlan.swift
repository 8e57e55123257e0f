// SPDX-License-Identifier: Apache-2.0

package import WeirPolicy
package import WeirResilience

/// A graph's topology as the bus uses it; immutable, replaced as a whole by a reload.
package final class EventPlan: Sendable {
    /// Tells plans apart.
    final class PlanID: Sendable {}

    final class Exchange: Sendable {
        let name: QualifiedName
        let carries: Set<QualifiedName>
        let settings: PublishSettings
        /// What its publishers share: its own, where its settings are its own, else that of the bus.
        let window: PublishWindow

        init(_ node: ExchangeNode, _ bus: PublishSettings, _ windows: PublishWindows) {
            name = node.name
            carries = Set(node.carries)
            settings = node.publish ?? bus
            window = windows.window(of: node.publish == nil ? nil : node.name, settings)
        }
    }

    final class EventType: Sendable {
        let node: EventNode
        let shape: EventShape
        let exchanges: [Exchange]
        let sunset: Int64?
        /// Tells which plan it is of.
        let plan: PlanID
        /// What is said of the type's end with each event.
        let stamps: [String: String]

        init(_ node: EventNode, _ exchanges: [Exchange], of plan: PlanID) {
            self.plan = plan
            self.node = node
            self.exchanges = exchanges
            shape = EventShape(node)
            sunset = node.lifecycle.sunset
            stamps = node.lifecycle.stamps
        }
    }

    final class Subscription: Sendable {
        let node: SubscriptionNode
        let rules: SubscriptionRules
        /// What handlers of each operation run through; nil: nothing.
        let pipelines: [QualifiedName: Pipeline]
        /// The operation of each `deliver`.
        let operations: [QualifiedName]
        /// How long a handler has an event to itself.
        let lease: Duration
        let chaos: ChaosProfileNode?
        let subscriber: EventRouter.Subscriber
        /// Whether a handler's event needs neither turn, lock, policy nor trouble.
        let isPlain: Bool
        let mostHops: Int
        let orderField: String?
        let remembers: Bool

        init(
            _ node: SubscriptionNode, _ rules: SubscriptionRules, _ pipelines: [QualifiedName: Pipeline],
            lease: Duration, chaos: ChaosProfileNode?
        ) {
            subscriber = EventRouter.Subscriber(node)
            isPlain = node.once == nil && node.lock == nil && pipelines.isEmpty && chaos == nil
            mostHops = node.mostHops ?? .max
            remembers = node.once != nil
            if case .byKey(let field, _) = node.order { orderField = field } else { orderField = nil }
            operations = node.deliveries.map(\.operation)
            self.node = node
            self.rules = rules
            self.pipelines = pipelines
            self.lease = lease
            self.chaos = chaos
        }
    }

    let graph: PolicyGraph
    let topology: EventTopology
    let types: [String: EventType]
    let subscriptions: [QualifiedName: Subscription]
    let sagas: [QualifiedName: SagaPlan]
    let settings: PublishSettings
    let source: String?
    let windows: PublishWindows
    private let id: PlanID
    private let noShape = EventShape(nil)

    /// Compiles a graph's topology; handlers' live states are those of the draft.
    /// - Throws: ``InvalidValue`` for a policy that this runtime does not enforce.
    init(
        _ graph: PolicyGraph, chaosProfile: String?, _ windows: PublishWindows, in draft: inout StateDraft
    ) throws(InvalidValue) {
        self.graph = graph
        let topology = graph.topology.withSagas
        self.topology = topology
        source = topology.bus?.source
        let settings: PublishSettings
        if let declared = topology.bus?.publish { settings = declared } else { settings = try PublishSettings() }
        self.settings = settings
        self.windows = windows
        let id = PlanID()
        self.id = id
        let exchanges = topology.exchanges.map { Exchange($0, settings, windows) }
        types = Dictionary(
            topology.events.map { node in
                (node.type, EventType(node, exchanges.filter { $0.carries.contains(node.name) }, of: id))
            }
        ) { first, _ in first }
        let profile = chaosProfile.flatMap { name in
            topology.chaosProfiles.first { $0.name.answers(to: name) }
        }
        var subscriptions: [QualifiedName: Subscription] = [:]
        for node in topology.subscriptions {
            var pipelines: [QualifiedName: Pipeline] = [:]
            for operation in Set(node.deliveries.map(\.operation)).sorted() {
                guard let name = node.policy, let policy = graph.policy(name) else { continue }
                pipelines[operation] = try Pipeline(
                    policy: policy, owner: graph.owner(of: operation, using: name), in: &draft)
            }
            let policy = node.policy.flatMap { graph.policy($0) }
            subscriptions[node.name] = Subscription(
                node, SubscriptionRules(node, in: graph), pipelines, lease: Self.lease(policy),
                chaos: profile.flatMap { $0.subscriptions.contains(node.name) ? $0 : nil })
        }
        self.subscriptions = subscriptions
        var sagas: [QualifiedName: SagaPlan] = [:]
        for node in topology.sagas { sagas[node.name] = try Self.saga(node, graph, in: &draft) }
        self.sagas = sagas
    }

    private static func saga(
        _ node: SagaNode, _ graph: PolicyGraph, in draft: inout StateDraft
    ) throws(InvalidValue) -> SagaPlan {
        var pipelines: [SagaTarget: Pipeline] = [:]
        var leases: [Duration] = []
        for target in node.calls {
            let policy = target.policy.flatMap { graph.policy($0) }
            leases.append(lease(policy))
            guard let policy else { continue }
            pipelines[target] = try Pipeline(
                policy: policy, owner: graph.owner(of: target.operation, using: policy.name), in: &draft)
        }
        return SagaPlan(node, pipelines, lease: leases.max() ?? EventBusConfiguration.defaultLease)
    }

    /// Twice the longest time that the policy gives a handler, so that a lease never ends under a handler that keeps to it.
    private static func lease(_ policy: ResolvedPolicy?) -> Duration {
        let limits = (policy?.steps ?? []).compactMap { step -> Duration? in
            switch step.policy {
            case .deadline(let deadline): deadline.total
            case .timeout(let timeout): timeout.limit
            default: nil
            }
        }
        return limits.max().map { $0 * 2 } ?? EventBusConfiguration.defaultLease
    }

    /// Compiles a graph's topology for a configuration.
    package static func make(
        _ graph: PolicyGraph, _ configuration: EventBusConfiguration, after plan: EventPlan? = nil,
        in draft: inout StateDraft
    ) throws(EventBusError) -> EventPlan {
        if let name = configuration.chaosProfile,
            !graph.topology.chaosProfiles.contains(where: { $0.name.answers(to: name) })
        {
            let known = graph.topology.chaosProfiles.map { "`\($0.name)`" }.joined(separator: ", ")
            throw EventBusError(
                .chaosProfile,
                [
                    "no chaos profile is called `\(name)`; "
                        + (known.isEmpty ? "none is declared" : "these are: \(known)")
                ])
        }
        do throws(InvalidValue) {
            return try EventPlan(
                graph, chaosProfile: configuration.chaosProfile, plan?.windows ?? PublishWindows(), in: &draft)
        } catch {
            throw EventBusError(.policy, ["\(error)"])
        }
    }

    /// The shape of a message's event, which is known where this plan's bus published it.
    func shape(of message: EventMessage) -> EventShape {
        if let type = message.type, type.plan === id { return type.shape }
        return types[message.readable.type]?.shape ?? noShape
    }
}

extension PolicyGraph {
    /// Whose live states a handler uses: the operation's, and where several policies lead to it, each of them has its own.
    fileprivate func owner(of operation: QualifiedName, using policy: QualifiedName) -> QualifiedName {
        let calls = operations.flatMap(\.calls).filter { $0.callee == operation }.compactMap(\.policy)
        let handlers = topology.subscriptions.filter { $0.deliveries.contains { $0.operation == operation } }
        let sagas = topology.sagas.flatMap(\.calls).filter { $0.operation == operation }.compactMap(\.policy)
        guard Set(calls + handlers.compactMap(\.policy) + sagas).count > 1 else { return operation }
        return QualifiedName(package: operation.package, name: "\(operation.name) using \(policy)")
    }
}

extension EventNode.Lifecycle {
    /// What is said of the type's end with each event, as the deprecation extension of CloudEvents has it.
    fileprivate var stamps: [String: String] {
        guard deprecated != nil || sunset != nil else { return [:] }
        var stamps = ["deprecated": "true"]
        stamps["deprecationfrom"] = deprecated.map { Timestamp(secondsSince1970: $0).description }
        stamps["deprecationsunset"] = sunset.map { Timestamp(secondsSince1970: $0).description }
        stamps["deprecationmigration"] = successor?.name
        return stamps
    }
}
