// SPDX-License-Identifier: Apache-2.0

extension EventNode {
    func write(to event: inout ObjectBuilder) {
        event.set(
            "fields", JSON.object(Dictionary(fields.map { ($0.name, .string($0.type.rawValue)) }) { first, _ in first })
        )
        event.set("key", key)
        event.set("schema", schema)
        event.set(time: lifecycle.deprecated, "deprecated")
        event.set(time: lifecycle.sunset, "sunset")
        event.set("successor", lifecycle.successor?.eventText)
        event.set("reason", lifecycle.reason)
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        var list = try reader.requiredObject("fields")
        var fields: [Field] = []
        for (name, value) in list.takeAll() {
            guard let type = value.asWord(FieldType.self) else {
                throw GraphReadError(code: .value, path: list.path(of: name), message: "a type of field is due here")
            }
            fields.append(Field(name: name, type: type))
        }
        let lifecycle = Lifecycle(
            deprecated: try reader.optional("deprecated", "a time", \.asInteger).map(Int64.init),
            sunset: try reader.optional("sunset", "a time", \.asInteger).map(Int64.init),
            successor: try reader.optional("successor", "a name", \.asString).map { QualifiedName(event: $0) },
            reason: try reader.optional("reason", "a text", \.asString))
        self.init(
            name: name, fields: fields, key: try reader.optional("key", "a name", \.asString),
            schema: try reader.optional("schema", "a path", \.asString), lifecycle: lifecycle)
    }
}

extension ExchangeNode {
    func write(to exchange: inout ObjectBuilder) {
        exchange.set("kind", kind.rawValue)
        exchange.set(events: carries, "carries")
        switch unrouted {
        case .undeclared: break
        case .refused: exchange.set("unrouted-refused", JSON.boolean(true))
        case .queue(let queue): exchange.set("unrouted-to", queue)
        }
        if let publish { exchange.set("publish", publish.write) }
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        let kind = try reader.required("kind", "a kind of exchange") { $0.asWord(Kind.self) }
        let carries = try reader.events("carries")
        var unrouted = Unrouted.undeclared
        if try reader.flag("unrouted-refused") { unrouted = .refused }
        if let queue = try reader.optionalName("unrouted-to") { unrouted = .queue(queue) }
        self.init(
            name: name, kind: kind, carries: carries, unrouted: unrouted, publish: try PublishSettings.read(&reader))
    }
}

extension PublishSettings {
    func write(to publish: inout ObjectBuilder) {
        publish.set("window-messages", windowMessages)
        publish.set("window-bytes", windowBytes)
        publish.set("timeout", timeout)
        publish.set("outbox", JSON.boolean(usesOutbox))
    }

    static func read(_ reader: inout ObjectReader) throws(GraphReadError) -> PublishSettings? {
        guard var publish = try reader.object("publish") else { return nil }
        let messages = try publish.required("window-messages", "a number", \.asInteger)
        let bytes = try publish.required("window-bytes", "a number", \.asInteger)
        let timeout = try publish.required("timeout", "a duration", \.asDuration)
        let usesOutbox = try publish.required("outbox", "`true` or `false`", \.asBoolean)
        try publish.finish()
        return try publish.checked { () throws(InvalidValue) in
            try PublishSettings(
                windowMessages: messages, windowBytes: bytes, timeout: timeout, usesOutbox: usesOutbox)
        }
    }
}

extension QueueNode {
    func write(to queue: inout ObjectBuilder) {
        queue.set("kind", kind.rawValue)
        queue.set("hold-messages", mostMessages)
        queue.set("hold-bytes", mostBytes)
        queue.set("expire-after", expireAfter)
        queue.set("deliver-times", deliveries)
        queue.set("dead-letter-to", deadLetter)
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        self.init(
            name: name, kind: try reader.required("kind", "a kind of queue") { $0.asWord(Kind.self) },
            mostMessages: try reader.optional("hold-messages", "a number", \.asInteger),
            mostBytes: try reader.optional("hold-bytes", "a number", \.asInteger),
            expireAfter: try reader.optional("expire-after", "a duration", \.asDuration),
            deliveries: try reader.optional("deliver-times", "a number", \.asInteger),
            deadLetter: try reader.optionalName("dead-letter-to"))
    }
}

extension BusNode {
    func write(to bus: inout ObjectBuilder) {
        bus.set("source", source)
        bus.set("envelope", envelope.rawValue)
        switch target {
        case .memory: bus.set("target", "memory")
        case .rabbitMQ(let major, let minor): bus.set("target", "rabbitmq \(major).\(minor)")
        }
        bus.set("delays", delays)
        bus.set("acknowledge-within", acknowledgeWithin)
        if let publish { bus.set("publish", publish.write) }
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        let source = try reader.optional("source", "a text", \.asString)
        let envelope = try reader.required("envelope", "an envelope") { $0.asWord(Envelope.self) }
        let target = try reader.required("target", "a target") { $0.asString.flatMap { Target(text: $0) } }
        let delays = try reader.required("delays", "a list of durations", \.asDurations)
        let acknowledge = try reader.required("acknowledge-within", "a duration", \.asDuration)
        self.init(
            name: name, source: source, envelope: envelope, target: target, delays: delays,
            acknowledgeWithin: acknowledge, publish: try PublishSettings.read(&reader))
    }
}

extension BusNode.Target {
    /// Reads `memory` and `rabbitmq 3.10`; nil for all else.
    public init?(text: String) {
        if text == "memory" {
            self = .memory
            return
        }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == "rabbitmq" else { return nil }
        let numbers = words[1].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers.allSatisfy({ (1...4).contains($0.utf8.count) }),
            numbers.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }), let major = Int(numbers[0]),
            let minor = Int(numbers[1])
        else { return nil }
        self = .rabbitMQ(major: major, minor: minor)
    }
}
