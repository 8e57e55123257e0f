// SPDX-License-Identifier: Apache-2.0

@testable import WeirPolicy

/// Random topologies with every kind of node and every shape of setting in reach.
extension GraphGenerator {
    mutating func topology() throws -> EventTopology {
        try maybe { generator in
            EventTopology(
                bus: try generator.maybe { try $0.bus() }, events: generator.some { $0.event() },
                exchanges: try generator.some { try $0.exchange() }, queues: generator.some { $0.queue() },
                subscriptions: try generator.some { try $0.subscription() },
                sagas: generator.some { $0.saga() },
                audits: generator.some {
                    AuditNode(
                        name: $0.name(), sources: [$0.eventSource()], keep: $0.maybe { $0.time() },
                        mostBytes: $0.maybe { $0.pick(99) })
                },
                chaosProfiles: try generator.some {
                    ChaosProfileNode(
                        name: $0.name(), duplicate: try $0.ratio(), delay: try $0.ratio(), delayBy: $0.time(),
                        dropAcks: try $0.ratio(), subscriptions: [$0.name()])
                })
        } ?? .empty
    }

    private mutating func some<Node: Named>(_ make: (inout GraphGenerator) throws -> Node) rethrows -> [Node] {
        var nodes: [QualifiedName: Node] = [:]
        for _ in 0..<pick(3) {
            let node = try make(&self)
            nodes[node.name] = node
        }
        return Array(nodes.values)
    }

    private mutating func eventName() -> QualifiedName {
        QualifiedName(package: ["", "a", "a.b"][pick(3)], name: ["order.placed", "b", "a.b.c"][pick(3)])
    }

    private mutating func event() -> EventNode {
        EventNode(
            name: eventName(), fields: FieldType.allCases.prefix(pick(6)).map { .init(name: "f-\($0)", type: $0) },
            key: maybe { _ in "f-text" }, schema: maybe { $0.text() },
            lifecycle: EventNode.Lifecycle(
                deprecated: maybe { Int64($0.pick(9)) }, sunset: maybe { Int64($0.pick(9)) },
                successor: maybe { $0.eventName() }, reason: maybe { $0.text() }))
    }

    private mutating func settings() throws -> PublishSettings {
        try PublishSettings(
            windowMessages: 1 + pick(99), windowBytes: 1024 + pick(99), timeout: time(), usesOutbox: pick(2) == 0)
    }

    private mutating func exchange() throws -> ExchangeNode {
        ExchangeNode(
            name: name(), kind: ExchangeNode.Kind.allCases[pick(4)],
            carries: Array(Set((0..<pick(3)).map { _ in eventName() })),
            unrouted: [.undeclared, .refused, .queue(name())][pick(3)], publish: try maybe { try $0.settings() })
    }

    private mutating func queue() -> QueueNode {
        QueueNode(
            name: name(), kind: QueueNode.Kind.allCases[pick(3)], mostMessages: maybe { $0.pick(99) },
            mostBytes: maybe { $0.pick(99) }, expireAfter: maybe { $0.time() }, deliveries: maybe { 1 + $0.pick(9) },
            deadLetter: maybe { $0.name() })
    }

    private mutating func bus() throws -> BusNode {
        BusNode(
            name: name(), source: maybe { $0.text() }, envelope: BusNode.Envelope.allCases[pick(3)],
            target: [.memory, .rabbitMQ(major: 3, minor: pick(20))][pick(2)], delays: [time(), time()],
            acknowledgeWithin: time(), publish: try maybe { try $0.settings() })
    }

    private mutating func eventSource() -> SubscriptionNode.Source {
        SubscriptionNode.Source(exchange: name(), patterns: ["#", "a.*"].prefix(pick(3)).map(\.self))
    }

    private mutating func subscription() throws -> SubscriptionNode {
        SubscriptionNode(
            name: name(), sources: (0...pick(2)).map { _ in eventSource() }, filter: maybe { $0.filter(depth: 3) },
            queue: name(),
            deliveries: (0..<pick(3)).map { _ in
                .init(operation: operation(), filter: maybe { $0.filter(depth: 1) })
            }, policy: maybe { $0.name() }, prefetch: 1 + pick(99),
            once: maybe { generator in .init(field: generator.maybe { _ in "id" }, within: generator.time()) },
            order: [.none, .strict, .byKey(field: "id", lanes: 1 + pick(9))][pick(3)],
            lock: maybe { .init(field: "id", lease: $0.time()) },
            redelivery: try maybe {
                RedeliveryPolicy(try $0.retry(), atOnce: $0.pick(3), waitsInPlace: $0.pick(2) == 0, park: $0.outcomes())
            }, deadLetter: maybe { $0.name() }, mostHops: maybe { 1 + $0.pick(9) })
    }

    private mutating func filter(depth: Int) -> Filter {
        if depth > 0, pick(2) == 0 {
            let parts = (0...pick(2)).map { _ in filter(depth: depth - 1) }
            return [.all(parts), .any(parts), .not(parts[0])][pick(3)]
        }
        let scalar: FilterScalar =
            [.text(text()), .number(Double(pick(99))), .boolean(true), .date(86_400), .instant(Int64(pick(9)))][pick(5)]
        let comparison: Filter.Comparison =
            [
                .isOneOf([scalar]), .isOneOf([.text("a"), scalar]), .startsWith(text()), .endsWith(text()), .exists,
                .above(scalar), .below(scalar), .atLeast(scalar), .atMost(scalar),
            ][pick(9)]
        return .test(Filter.Test([.type, .header(text()), .field("a")][pick(3)], comparison))
    }

    private mutating func saga() -> SagaNode {
        let steps = (0..<pick(3)).map { number in
            SagaNode.Step(
                name: "s\(number)", action: maybe { $0.action() }, awaits: [eventName()],
                failsWhen: pick(2) == 0 ? [] : [eventName()], compensation: maybe { $0.action() },
                within: maybe { $0.time() })
        }
        return SagaNode(name: name(), start: [eventName()], key: "id", steps: steps, within: time())
    }

    private mutating func action() -> SagaNode.Action {
        pick(2) == 0 ? .call(operation(), policy: maybe { $0.name() }) : .publish(eventName(), to: name())
    }
}

/// A node by its name.
private protocol Named { var name: QualifiedName { get } }

extension EventNode: Named {}
extension ExchangeNode: Named {}
extension QueueNode: Named {}
extension SubscriptionNode: Named {}
extension SagaNode: Named {}
extension AuditNode: Named {}
extension ChaosProfileNode: Named {}
