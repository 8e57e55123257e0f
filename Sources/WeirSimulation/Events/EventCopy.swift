// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

/// An event that a test publishes, as filters see it.
struct PlayedEvent: FilterableEvent {
    let number: Int
    let type: String
    let fields: [String: FilterScalar]

    func header(_ name: String) -> String? { nil }
    func field(_ name: String) -> FilterScalar? { fields[name] }
}

/// One copy of an event at one subscription, from the queue to its end.
final class EventCopy {
    let number: UInt64
    let event: PlayedEvent
    let operation: QualifiedName
    /// How often it was handed to the operation.
    var attempts = 0
    /// Its turn in the memory of the subscription.
    var turn: (key: String, fence: UInt64)?

    init(number: UInt64, event: PlayedEvent, operation: QualifiedName) {
        self.number = number
        self.event = event
        self.operation = operation
    }
}

/// A subscription while a story is played: the machine that services run, and what it remembers.
struct ConsumerState {
    let node: SubscriptionNode
    var machine: SubscriptionMachine<EventCopy>
    /// What was handled, by what copies have in common.
    var memory = LeaseRecords<String>()

    init(_ node: SubscriptionNode, graph: PolicyGraph) {
        self.node = node
        machine = SubscriptionMachine(SubscriptionRules(node, in: graph))
    }

    /// A copy as the machine sees it.
    func held(_ copy: EventCopy, firstAttempt: UInt64 = 0, memory: UInt64 = 0) -> HeldEvent<EventCopy> {
        var orderKey: FilterScalar?
        if case .byKey(let field, _) = node.order { orderKey = copy.event.fields[field] }
        return HeldEvent(
            number: copy.number, payload: copy, onceKey: onceKey(of: copy.event), orderKey: orderKey,
            attempts: copy.attempts, firstAttempt: firstAttempt, memory: memory)
    }

    /// What two copies of one event have in common; nil where the subscription remembers nothing.
    private func onceKey(of event: PlayedEvent) -> String? {
        guard let once = node.once else { return nil }
        guard let field = once.field else { return "#\(event.number)" }
        return event.fields[field].map { "\($0)" }
    }
}
