// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
import WeirResilience

/// What a subscription's policy says about handling, ready for ``SubscriptionMachine``.
public struct SubscriptionRules: Sendable {
    /// How long a subscription takes nothing after a step of its policy refused.
    public static let pauseAfterRefusal: Duration = .seconds(1)

    /// How many events may be in its hands.
    public let prefetch: Int
    /// How many of them are handled at once: no more than the prefetch, and than the bulkhead of its policy admits.
    public let concurrency: Int
    /// In which order.
    public let order: SubscriptionNode.Order
    /// What becomes of those that fail.
    public let schedule: RedeliverySchedule
    /// Where those go that are given up; nil: nowhere, they are gone.
    public let deadLetter: QualifiedName?

    /// The rules of a subscription.
    public init(_ node: SubscriptionNode, in graph: PolicyGraph) {
        prefetch = node.prefetch
        order = node.order
        schedule = RedeliverySchedule(node.redelivery, delays: graph.topology.bus?.delays ?? [])
        deadLetter = node.deadLetter ?? graph.topology.queue(node.queue)?.deadLetter
        var most = node.prefetch
        for case .bulkhead(let bulkhead) in node.policy.flatMap({ graph.policy($0) })?.steps.map(\.policy) ?? [] {
            most = min(most, max(bulkhead.calls, 1))
        }
        concurrency = most
    }
}

extension SubscriptionNode {
    /// What copies of an event have in common; nil where nothing is remembered, or the event lacks the field.
    func onceKey(of event: Event, _ view: EventView) -> String? {
        guard let once else { return nil }
        guard let field = once.field else { return "\(event.source)\n\(event.id)" }
        return view.field(field).map { "\($0)" }
    }
}
