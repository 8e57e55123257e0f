// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension Event {
    /// Reads an event in whichever envelope it came: binary, structured, or that of the platform's older bus.
    /// - Throws: ``EventFormatError`` when it is none of them, or is not what it says.
    public init(_ message: WireMessage, over wire: WireProtocol = .amqp) throws(EventFormatError) {
        guard message.body.count <= EventData.mostBytes else {
            throw EventFormatError(
                .tooLarge, "the body has \(message.body.count) bytes, more than \(EventData.mostBytes)")
        }
        let type = message.contentType?.lowercased() ?? ""
        if type.hasPrefix("application/cloudevents-batch") {
            throw EventFormatError(.notAnEvent, "batches of events are not taken; send them one by one")
        }
        if type.hasPrefix("application/cloudevents") {
            guard type.hasPrefix(WireMessage.structuredType) else {
                throw EventFormatError(.notAnEvent, "events in the format `\(type)` are not read")
            }
            self = try Event(structured: try Self.object(message.body))
            return
        }
        var attributes: [String: String] = [:]
        for (header, value) in message.headers {
            if let name = wire.attribute(of: header) { attributes[name] = wire.decoded(value) }
        }
        if attributes["specversion"] != nil {
            self = try Event(attributes: attributes)
            data = try EventData.read(message.body, contentType: message.contentType)
            return
        }
        guard message.contentType == nil || EventData.isJSON(type) else {
            throw EventFormatError(.notAnEvent, "neither the headers nor the type `\(type)` make it an event")
        }
        self = try Event(legacy: try Self.object(message.body))
    }

    private static func object(_ body: [UInt8]) throws(EventFormatError) -> [String: JSONValue] {
        let value: JSONValue
        do throws(JSONReadError) {
            value = try JSONValue(parsing: body)
        } catch {
            throw EventFormatError(.badJSON, "the body is no JSON: \(error)")
        }
        guard case .object(let members) = value else {
            throw EventFormatError(.notAnEvent, "the body is JSON, but no object")
        }
        return members
    }

    /// The attributes of the binary envelope, or of a document without its payload.
    private init(attributes: [String: String]) throws(EventFormatError) {
        var rest = attributes
        guard rest.removeValue(forKey: "specversion") == "1.0" else {
            throw EventFormatError(.badVersion, "`specversion` is not 1.0")
        }
        self.init("")
        id = rest.removeValue(forKey: "id") ?? ""
        source = rest.removeValue(forKey: "source") ?? ""
        type = rest.removeValue(forKey: "type") ?? ""
        subject = rest.removeValue(forKey: "subject")
        dataSchema = rest.removeValue(forKey: "dataschema")
        rest["datacontenttype"] = nil
        if let text = rest.removeValue(forKey: "time") {
            guard let time = Timestamp(text) else {
                throw EventFormatError(.badAttribute, "the attribute `time` is no moment: `\(text.prefix(40))`")
            }
            self.time = time
        }
        extensions = rest
        try check()
    }

    private init(structured members: [String: JSONValue]) throws(EventFormatError) {
        var attributes: [String: String] = [:]
        for (name, value) in members where name != "data" && name != "data_base64" && value != .null {
            guard let text = value.attributeText else {
                throw EventFormatError(.badAttribute, "the attribute `\(name)` is neither text, number nor boolean")
            }
            attributes[name] = text
        }
        self = try Event(attributes: attributes)
        let type = attributes["datacontenttype"]
        if let encoded = members["data_base64"], encoded != .null {
            guard case .string(let text) = encoded, let bytes = Base64.decode(text) else {
                throw EventFormatError(.badData, "`data_base64` is not Base64")
            }
            data = try EventData.read(bytes, contentType: type)
            return
        }
        guard let value = members["data"], value != .null else { return }
        if let type, !EventData.isJSON(type), case .string(let text) = value {
            data = .bytes(Array(text.utf8), contentType: type)
        } else {
            data = .json(value)
        }
    }

    private init(legacy members: [String: JSONValue]) throws(EventFormatError) {
        guard let type = members["event_type"]?.text else {
            throw EventFormatError(
                .notAnEvent, "it has neither attributes of CloudEvents nor the field `event_type` of older buses")
        }
        self.init(type, id: members["event_id"]?.text ?? "", source: members["source_service"]?.text ?? "")
        if let text = members["timestamp"]?.text {
            guard let time = Timestamp(text, zoneMayBeMissing: true) else {
                throw EventFormatError(.badAttribute, "the field `timestamp` is no moment: `\(text.prefix(40))`")
            }
            self.time = time
        }
        if case .object(let metadata) = members["metadata"] {
            for (key, value) in metadata {
                guard let text = value.attributeText else { continue }
                switch key {
                case "subject": subject = text
                case "dataschema": dataSchema = text
                default: extensions[Self.extensionName(key)] = text
                }
            }
        }
        if let correlation = members["correlation_id"]?.text { correlationID = correlation }
        if let value = members["data"], value != .null { data = .json(value) }
        try check()
    }

    /// A key of `metadata` as the name of an extension: `trace_id` as `traceid`.
    private static func extensionName(_ key: String) -> String {
        let name = key.lowercased().utf8.filter { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        let text = String(decoding: name, as: UTF8.self)
        return text.isEmpty || ownAttributes.contains(text) ? "x\(text)" : text
    }
}

extension JSONValue {
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The value of an attribute in its one spelling.
    fileprivate var attributeText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .number, .null, .array, .object: nil
        }
    }
}
