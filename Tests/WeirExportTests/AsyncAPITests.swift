// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirExport

/// Events as AsyncAPI describes them.
@Suite struct AsyncAPITests {
    private static func name(_ text: String) -> QualifiedName { QualifiedName(package: "shop", name: text) }

    private static func document(
        envelope: BusNode.Envelope = .binary, kind: ExchangeNode.Kind = .topic, patterns: [String] = ["order.*"]
    ) throws -> JSON {
        let topology = EventTopology(
            bus: BusNode(name: name("bus"), envelope: envelope),
            events: [
                EventNode(
                    name: name("order.placed"),
                    fields: [
                        EventNode.Field(name: "order-id", type: .text), EventNode.Field(name: "total", type: .number),
                    ], key: "order-id"),
                EventNode(
                    name: name("order.created"), fields: [], schema: "schemas/order.json",
                    lifecycle: EventNode.Lifecycle(deprecated: 1_767_225_600, successor: name("order.placed"))),
                EventNode(name: name("stock.low"), fields: []),
            ],
            exchanges: [
                ExchangeNode(
                    name: name("orders"), kind: kind,
                    carries: ["order.placed", "order.created", "stock.low"].map(name), unrouted: .queue(name("strays")))
            ],
            queues: [
                QueueNode(name: name("billing"), deadLetter: name("billing-dead")),
                QueueNode(name: name("billing-dead")), QueueNode(name: name("strays")),
            ],
            subscriptions: [
                SubscriptionNode(
                    name: name("billing"), sources: [.init(exchange: name("orders"), patterns: patterns)],
                    queue: name("billing"), deliveries: [.init(operation: name("billing.charge"))])
            ])
        let text = AsyncAPIDocument(
            PolicyGraph(environment: nil, services: [], operations: [], policies: [], topology: topology)
        ).text(title: "Shop", version: "1.0")
        return try JSON(parsing: Array(text.utf8))
    }

    private static func keys(_ document: JSON, _ path: String...) -> [String] {
        guard case .object(let members)? = path.reduce(document, { $0?[$1] }) else { return [] }
        return members.keys.sorted()
    }

    @Test(arguments: [
        (ExchangeNode.Kind.topic, ["order.*"], ["shop.order.created", "shop.order.placed"]),
        (.topic, ["stock.#", "order.placed"], ["shop.order.placed", "shop.stock.low"]),
        (.direct, ["order.placed"], ["shop.order.placed"]),
        (.fanout, [], ["shop.order.created", "shop.order.placed", "shop.stock.low"]),
    ]) func `a queue has the messages that are routed to it, and so has the one of its dead letters`(
        kind: ExchangeNode.Kind, patterns: [String], expected: [String]
    ) throws {
        let document = try Self.document(kind: kind, patterns: patterns)
        #expect(Self.keys(document, "channels", "shop.billing.queue", "messages").isEmpty)
        #expect(Self.keys(document, "channels", "shop.billing", "messages") == expected)
        #expect(Self.keys(document, "channels", "shop.billing-dead", "messages") == expected)
        #expect(Self.keys(document, "channels", "shop.strays", "messages").count == 3)
    }

    @Test func `every reference leads somewhere`() throws {
        let document = try Self.document()
        let references = Self.references(in: document).filter { $0.hasPrefix("#/") }
        #expect(references.count > 8)
        for reference in references {
            let found = reference.dropFirst(2).split(separator: "/").reduce(document as JSON?) { $0?[String($1)] }
            #expect(found != nil, "\(reference)")
        }
    }

    private static func references(in json: JSON) -> [String] {
        switch json {
        case .object(let members):
            members.flatMap { key, value in
                if key == "$ref", case .string(let target) = value { return [target] }
                return references(in: value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }

    @Test(arguments: [
        (BusNode.Envelope.binary, "headers", "cloudEvents_type", "application/json"),
        (.structured, "payload", "specversion", "application/cloudevents+json"),
        (.legacy, "payload", "event_id", "application/json"),
    ]) func `a message shows the envelope that it travels in`(
        envelope: BusNode.Envelope, part: String, attribute: String, type: String
    ) throws {
        let message = try #require(
            try Self.document(envelope: envelope)["components"]?["messages"]?["shop.order.placed"])
        #expect(message["contentType"] == .string(type))
        #expect(message[part]?["properties"]?[attribute] != nil)
    }

    @Test func `a payload is its schema, or its fields; a type that ends says so`() throws {
        let messages = try #require(try Self.document()["components"]?["messages"])
        let placed = messages["shop.order.placed"]?["payload"]?["properties"]
        #expect(placed?["total"] == ["type": "number"] && placed?["order-id"]?["type"] == "string")
        let created = messages["shop.order.created"]
        #expect(created?["payload"] == ["$ref": "schemas/order.json"])
        #expect(created?["description"] == "Deprecated since 2026-01-01. Use order.placed instead.")
    }
}

extension JSON {
    /// A member of an object.
    fileprivate subscript(key: String) -> JSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }
}
