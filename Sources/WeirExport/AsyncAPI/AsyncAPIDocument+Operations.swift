// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension AsyncAPIDocument {
    /// What is published, an operation an exchange it publishes to, and what is handled, one a subscription.
    var operations: [String: JSON] {
        var found: [String: JSON] = [:]
        for operation in graph.operations {
            for (exchange, publications) in Dictionary(grouping: operation.publishes, by: \.exchange) {
                let types = Set(publications.map(\.event)).sorted()
                found["send.\(operation.name).\(exchange)"] = send(operation.name, types, to: exchange)
            }
        }
        for subscription in topology.subscriptions {
            found["receive.\(subscription.name)"] = receive(subscription)
        }
        return found
    }

    private func send(_ operation: QualifiedName, _ types: [QualifiedName], to exchange: QualifiedName) -> JSON {
        [
            "action": "send",
            "channel": reference("#/channels/\(exchange)"),
            "summary": .string("\(operation) publishes to \(exchange)."),
            "messages": .array(types.map { reference("#/channels/\(exchange)/messages/\($0)") }),
            "bindings": [
                "amqp": ["deliveryMode": 2, "mandatory": true, "bindingVersion": Self.bindingVersion]
            ],
        ]
    }

    private func receive(_ subscription: SubscriptionNode) -> JSON {
        let channel = channelName(ofQueue: subscription.queue)
        let handlers = subscription.deliveries.map { "\($0.operation)" }.joined(separator: ", ")
        return [
            "action": "receive",
            "channel": reference("#/channels/\(channel)"),
            "summary": .string("\(handlers) \(subscription.deliveries.count == 1 ? "handles" : "handle") it."),
            "description": .string(rules(of: subscription)),
            "messages": .array(
                types(in: subscription.queue).map { reference("#/channels/\(channel)/messages/\($0.name)") }),
            "bindings": ["amqp": ["ack": true, "bindingVersion": Self.bindingVersion]],
        ]
    }

    /// What a publisher wants to know of a consumer, as sentences.
    private func rules(of subscription: SubscriptionNode) -> String {
        var lines: [String] = []
        if subscription.filter != nil { lines.append("Takes what its filter lets through.") }
        switch subscription.order {
        case .none: lines.append("Events are handled in no particular order.")
        case .strict: lines.append("Events are handled one after the other.")
        case .byKey(let field, _): lines.append("Events of one `\(field)` are handled one after the other.")
        }
        if let once = subscription.once {
            lines.append("An event is handled once per \(once.field ?? "event") within \(once.within.weirText).")
        }
        if let attempts = subscription.redelivery?.retry.attempts { lines.append("Tried up to \(attempts) times.") }
        if let grave = subscription.deadLetter ?? topology.queue(subscription.queue)?.deadLetter {
            lines.append("What is given up goes to \(grave).")
        }
        return lines.joined(separator: " ")
    }

    private func reference(_ target: String) -> JSON { ["$ref": .string(target)] }
}
