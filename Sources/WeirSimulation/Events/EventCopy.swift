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
    let event: PlayedEvent
    let operation: QualifiedName
    /// How often it was handed to the operation.
    var attempts = 0
    /// When the first attempt began.
    var firstAttempt = VirtualTime.zero
    /// What the waits remember from one to the next.
    var memory: UInt64 = 0
    /// Whether it keeps its place while it waits.
    var waitsInPlace = false

    init(event: PlayedEvent, operation: QualifiedName) {
        self.event = event
        self.operation = operation
    }
}

/// A subscription while a story is played: what waits, what is being handled, what it remembers.
struct ConsumerState {
    let node: SubscriptionNode
    let schedule: RedeliverySchedule
    /// Where it gives up to.
    let deadLetter: QualifiedName?
    /// The most events that it handles at once: its prefetch, and no more than the bulkhead of its policy admits.
    let most: Int
    var waiting: [EventCopy] = []
    var running: [EventCopy] = []
    /// When what was handled is forgotten, by its key.
    var remembered: [String: VirtualTime] = [:]
    /// Until when it takes nothing, because a step of its policy refused.
    var pausedUntil = VirtualTime.zero

    init(_ node: SubscriptionNode, graph: PolicyGraph) {
        self.node = node
        schedule = RedeliverySchedule(node.redelivery)
        deadLetter = node.deadLetter ?? graph.topology.queue(node.queue)?.deadLetter
        var most = node.prefetch
        for case .bulkhead(let bulkhead) in node.policy.flatMap({ graph.policy($0) })?.steps.map(\.policy) ?? [] {
            most = min(most, max(bulkhead.calls, 1))
        }
        self.most = most
    }

    /// What two copies of one event have in common; nil where the subscription remembers nothing.
    func memoryKey(of event: PlayedEvent) -> String? {
        guard let once = node.once else { return nil }
        guard let field = once.field else { return "#\(event.number)" }
        return event.fields[field].map { "\($0)" }
    }

    /// The place of the first waiting copy that may be handled now.
    func next(at now: VirtualTime) -> Int? {
        guard now >= pausedUntil, running.count < most else { return nil }
        return waiting.indices.first { place in
            let event = waiting[place].event
            let key = memoryKey(of: event)
            if key != nil, running.contains(where: { memoryKey(of: $0.event) == key }) { return false }
            switch node.order {
            case .none: return true
            case .strict: return running.isEmpty && place == waiting.startIndex
            case .byKey(let field, let lanes):
                let value = event.fields[field]
                let ahead = running + waiting[..<place]
                return running.count < lanes && !ahead.contains { $0.event.fields[field] == value }
            }
        }
    }
}
