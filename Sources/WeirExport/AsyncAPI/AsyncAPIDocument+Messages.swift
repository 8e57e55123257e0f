// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension AsyncAPIDocument {
    private var envelope: BusNode.Envelope { topology.bus?.envelope ?? .binary }

    /// The media type of an event's body.
    var contentType: String {
        envelope == .structured ? "application/cloudevents+json" : "application/json"
    }

    /// The types of events by their full names.
    var messages: [String: JSON] {
        Dictionary(topology.events.map { ($0.name.description, message($0)) }) { first, _ in first }
    }

    private func message(_ event: EventNode) -> JSON {
        var members: [String: JSON] = [
            "name": .string(event.type), "title": .string(event.type), "contentType": .string(contentType),
        ]
        switch envelope {
        case .binary:
            members["headers"] = Self.object(
                Self.attributes(of: event, prefix: "cloudEvents_"),
                required: ["cloudEvents_id", "cloudEvents_source", "cloudEvents_specversion", "cloudEvents_type"])
            members["payload"] = payload(of: event)
            members["correlationId"] = ["location": "$message.header#/cloudEvents_correlationid"]
        case .structured:
            let data = ["data": payload(of: event)]
            members["payload"] = Self.object(
                Self.attributes(of: event, prefix: "").merging(data) { first, _ in first },
                required: ["id", "source", "specversion", "type"])
            members["correlationId"] = ["location": "$message.payload#/correlationid"]
        case .legacy:
            members["payload"] = legacy(event)
            members["correlationId"] = ["location": "$message.payload#/correlation_id"]
        }
        if let words = Self.words(event.lifecycle) {
            members["description"] = .string(words)
            members["tags"] = [["name": "deprecated"]]
        }
        return .object(members)
    }

    /// The attributes of CloudEvents 1.0 under the names that they travel with.
    private static func attributes(of event: EventNode, prefix: String) -> [String: JSON] {
        let known: [String: JSON] = [
            "specversion": ["const": "1.0"], "type": ["const": .string(event.type)],
            "id": ["type": "string", "minLength": 1], "source": ["type": "string", "format": "uri-reference"],
            "time": ["type": "string", "format": "date-time"], "subject": ["type": "string"],
            "correlationid": ["type": "string"], "causationid": ["type": "string"],
        ]
        return Dictionary(known.map { (prefix + $0.key, $0.value) }) { first, _ in first }
    }

    /// The envelope of the platform's older bus.
    private func legacy(_ event: EventNode) -> JSON {
        let text: JSON = ["type": "string"]
        return Self.object(
            [
                "event_id": text, "event_type": ["const": .string(event.type)],
                "timestamp": ["type": ["string", "null"], "format": "date-time"], "source_service": text,
                "data": payload(of: event), "correlation_id": ["type": ["string", "null"]],
                "metadata": ["type": "object"],
            ], required: ["event_id", "event_type", "source_service", "data"])
    }

    /// Its JSON Schema where it has one, else its declared fields; a payload may hold more.
    private func payload(of event: EventNode) -> JSON {
        if let schema = event.schema { return ["$ref": .string(schema)] }
        let fields = event.fields.map { ($0.name, Self.schema(of: $0)) }
        return Self.object(Dictionary(fields) { first, _ in first }, required: [])
    }

    private static func schema(of field: EventNode.Field) -> JSON {
        var members: [String: JSON] = ["type": "string"]
        switch field.type {
        case .text: break
        case .number: members["type"] = "number"
        case .boolean: members["type"] = "boolean"
        case .date: members["format"] = "date"
        case .instant: members["format"] = "date-time"
        }
        if field.name.contains("-") {
            let other = field.name.replacing("-", with: "_")
            members["description"] = .string("Spelt `\(field.name)`, `\(other)`, or in camel case.")
        }
        return .object(members)
    }

    private static func object(_ properties: [String: JSON], required: [String]) -> JSON {
        var members: [String: JSON] = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { members["required"] = .strings(required) }
        return .object(members)
    }

    private static func words(_ lifecycle: EventNode.Lifecycle) -> String? {
        let moment = { (seconds: Int64) in "\(Instant(secondsSince1970: seconds))" }
        let parts = [
            lifecycle.deprecated.map { "Deprecated since \(moment($0))." },
            lifecycle.sunset.map { "Not published any more from \(moment($0))." },
            lifecycle.successor.map { "Use \($0.name) instead." }, lifecycle.reason,
        ].compactMap(\.self)
        return lifecycle.deprecated == nil && lifecycle.sunset == nil ? nil : parts.joined(separator: " ")
    }
}
