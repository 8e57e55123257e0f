// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension WireMessage {
    /// The media type of an event in one JSON document.
    public static let structuredType = "application/cloudevents+json"

    /// An event as it travels.
    /// - Throws: ``EventFormatError`` when the event may not travel, or the envelope cannot hold it.
    public init(
        _ event: Event, as envelope: BusNode.Envelope, over wire: WireProtocol = .amqp
    ) throws(EventFormatError) {
        try event.check()
        switch envelope {
        case .binary: self.init(binary: event, wire)
        case .structured: self.init(contentType: Self.structuredType, body: Self.structured(event).bytes)
        case .legacy: self.init(contentType: EventData.jsonType, body: try Self.legacy(event).bytes)
        }
    }

    private init(binary event: Event, _ wire: WireProtocol) {
        var headers: [String: String] = [:]
        for (name, value) in event.attributes { headers[wire.prefix + name] = wire.encoded(value) }
        self.init(contentType: event.data.contentType, headers: headers, body: event.data.bytes)
    }

    private static func structured(_ event: Event) -> JSONValue {
        var members = event.attributes.mapValues { JSONValue.string($0) }
        switch event.data {
        case .none: break
        case .json(let value):
            members["datacontenttype"] = .string(EventData.jsonType)
            members["data"] = value
        case .bytes(let bytes, let type):
            members["datacontenttype"] = .string(type)
            members["data_base64"] = .string(Base64.encode(bytes))
        }
        return .object(members)
    }

    /// The envelope of the platform's older bus. What it has no field for travels in `metadata`.
    private static func legacy(_ event: Event) throws(EventFormatError) -> JSONValue {
        var data = JSONValue.object([:])
        switch event.data {
        case .none: break
        case .json(.object(let members)): data = .object(members)
        case .json, .bytes:
            throw EventFormatError(.badData, "the envelope `legacy` holds JSON objects only")
        }
        var metadata = event.extensions
        let correlation = metadata.removeValue(forKey: "correlationid")
        metadata["subject"] = event.subject
        metadata["dataschema"] = event.dataSchema
        return .object([
            "event_id": .string(event.id), "event_type": .string(event.type),
            "timestamp": event.time.map { .string($0.legacyText) } ?? .null, "source_service": .string(event.source),
            "data": data, "correlation_id": correlation.map { .string($0) } ?? .null,
            "metadata": .object(metadata.mapValues { .string($0) }),
        ])
    }
}

extension Event {
    /// All attributes but those of the payload, by name.
    var attributes: [String: String] {
        var found = extensions
        found["specversion"] = "1.0"
        found["id"] = id
        found["source"] = source
        found["type"] = type
        found["subject"] = subject
        found["time"] = time?.description
        found["dataschema"] = dataSchema
        return found
    }
}

extension Timestamp {
    /// As Python writes moments of UTC that know their zone.
    fileprivate var legacyText: String { description.dropLast() + "+00:00" }
}
