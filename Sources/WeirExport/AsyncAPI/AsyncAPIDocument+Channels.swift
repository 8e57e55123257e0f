// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension AsyncAPIDocument {
    /// The version of the AMQP binding that channels and operations are written in.
    static let bindingVersion: JSON = "0.3.0"

    /// Exchanges and queues by their names; a queue that has the name of an exchange gets `.queue` behind it.
    var channels: [String: JSON] {
        var found: [String: JSON] = [:]
        for exchange in topology.exchanges { found[exchange.name.description] = channel(exchange) }
        for name in queueNames { found[channelName(ofQueue: name)] = channel(queue: name) }
        return found
    }

    /// The declared queues, and those that only a subscription names.
    private var queueNames: [QualifiedName] {
        Set(topology.queues.map(\.name) + topology.subscriptions.map(\.queue)).sorted()
    }

    func channelName(ofQueue queue: QualifiedName) -> String {
        topology.exchange(queue) == nil ? queue.description : "\(queue).queue"
    }

    /// A channel's messages are told apart by the routing key, which is the type.
    private func channel(_ exchange: ExchangeNode) -> JSON {
        let types = types(at: exchange.name)
        let parameter: JSON = ["description": "The type of the event.", "enum": .strings(types.map(\.type))]
        return [
            "address": "{type}",
            "title": .string("The exchange \(exchange.name)"),
            "parameters": ["type": parameter],
            "messages": references(to: types),
            "bindings": [
                "amqp": [
                    "is": "routingKey",
                    "exchange": [
                        "name": .string(exchange.name.description), "type": .string(exchange.kind.rawValue),
                        "durable": true, "autoDelete": false,
                    ],
                    "bindingVersion": Self.bindingVersion,
                ]
            ],
        ]
    }

    private func channel(queue name: QualifiedName) -> JSON {
        [
            "address": .string(name.description),
            "title": .string("The queue \(name)"),
            "messages": references(to: types(in: name)),
            "bindings": [
                "amqp": [
                    "is": "queue",
                    "queue": [
                        "name": .string(name.description), "durable": true, "exclusive": false, "autoDelete": false,
                    ],
                    "bindingVersion": Self.bindingVersion,
                ]
            ],
        ]
    }

    private func references(to types: [EventNode]) -> JSON {
        .object(
            Dictionary(
                types.map { ($0.name.description, ["$ref": .string("#/components/messages/\($0.name)")] as JSON) }
            ) { first, _ in first })
    }
}
