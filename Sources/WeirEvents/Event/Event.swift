// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Something that happened, in the terms of CloudEvents 1.0.
///
/// An event that is published need only say its type and its data: the bus completes id, source and time, and hands the correlation
/// on when a handler publishes.
public struct Event: Sendable, Hashable {
    private var contents: Contents

    /// What an event consists of; copies share it until one of them changes.
    ///
    /// Safe to share: written only while one event alone holds it, which `own` makes sure of.
    private final class Contents: @unchecked Sendable {
        var id, source, type: String
        var subject: String?
        var time: Timestamp?
        var dataSchema: String?
        var extensions: [String: String]
        var data: EventData

        init(
            id: String, source: String, type: String, subject: String?, time: Timestamp?, dataSchema: String?,
            extensions: [String: String], data: EventData
        ) {
            self.id = id
            self.source = source
            self.type = type
            self.subject = subject
            self.time = time
            self.dataSchema = dataSchema
            self.extensions = extensions
            self.data = data
        }
    }

    /// The contents, for this event alone.
    private var own: Contents {
        mutating get {
            if !isKnownUniquelyReferenced(&contents) {
                contents = Contents(
                    id: contents.id, source: contents.source, type: contents.type, subject: contents.subject,
                    time: contents.time, dataSchema: contents.dataSchema, extensions: contents.extensions,
                    data: contents.data)
            }
            return contents
        }
    }

    /// Tells it from all other events of its source; empty until it is published.
    public var id: String {
        get { contents.id }
        set { own.id = newValue }
    }
    /// Where it happened, a URI reference such as `/shop`; empty until it is published.
    public var source: String {
        get { contents.source }
        set { own.source = newValue }
    }
    /// What happened, such as `order.placed`; it is also what routes it.
    public var type: String {
        get { contents.type }
        set { own.type = newValue }
    }
    /// What it happened to, inside of the source.
    public var subject: String? {
        get { contents.subject }
        set { own.subject = newValue }
    }
    /// When it happened.
    public var time: Timestamp? {
        get { contents.time }
        set { own.time = newValue }
    }
    /// A URI of the schema of ``data``.
    public var dataSchema: String? {
        get { contents.dataSchema }
        set { own.dataSchema = newValue }
    }
    /// Further attributes by name; names have lower-case letters and digits only.
    public var extensions: [String: String] {
        get { contents.extensions }
        set { own.extensions = newValue }
    }
    /// What it carries.
    public var data: EventData {
        get { contents.data }
        set { own.data = newValue }
    }

    /// An event with a payload; whatever is left out is completed when it is published.
    public init(
        _ type: String, data: EventData = .none, subject: String? = nil, id: String = "", source: String = "",
        time: Timestamp? = nil, dataSchema: String? = nil, extensions: [String: String] = [:]
    ) {
        contents = Contents(
            id: id, source: source, type: type, subject: subject, time: time, dataSchema: dataSchema,
            extensions: extensions, data: data)
    }

    /// An event with a JSON payload: `Event("order.placed", ["order-id": "o-1", "total": 250])`.
    public init(_ type: String, _ json: JSONValue) { self.init(type, data: .json(json)) }

    /// Tells events that belong to one story; handed on to all that handlers publish.
    public var correlationID: String? {
        get { extensions["correlationid"] }
        set { extensions["correlationid"] = newValue }
    }

    /// The id of the event whose handler published this one.
    public var causationID: String? {
        get { extensions["causationid"] }
        set { extensions["causationid"] = newValue }
    }

    /// How many events before this one each caused the next; 0 for one that no event caused.
    public internal(set) var hops: Int {
        get { extensions[Self.hopsAttribute].flatMap { Int($0) }.map { max($0, 0) } ?? 0 }
        set { extensions[Self.hopsAttribute] = newValue == 0 ? nil : String(newValue) }
    }

    /// The payload where it is JSON.
    public var json: JSONValue? { if case .json(let value) = data { value } else { nil } }

    static let hopsAttribute = "hops"
}

extension Event {
    /// Whether both say the same.
    public static func == (left: Event, right: Event) -> Bool {
        left.contents === right.contents
            || (left.id == right.id && left.source == right.source && left.type == right.type
                && left.subject == right.subject && left.time == right.time && left.dataSchema == right.dataSchema
                && left.extensions == right.extensions && left.data == right.data)
    }

    /// Takes in what tells events apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(id)
    }
}

extension Event {
    /// The attributes of the specification; extensions may not have their names.
    static let ownAttributes: Set<String> = [
        "id", "source", "type", "specversion", "subject", "time", "datacontenttype", "dataschema", "data",
        "data_base64",
    ]

    /// Whether it may travel.
    /// - Throws: ``EventFormatError`` when an attribute that must be there is not, or a name is not one of CloudEvents.
    func check() throws(EventFormatError) {
        for (name, value) in [("id", id), ("source", source), ("type", type)] where value.isEmpty {
            throw EventFormatError(.badAttribute, "the attribute `\(name)` is missing")
        }
        guard type.utf8.count <= TopicPattern.mostBytes else {
            throw EventFormatError(.badAttribute, "the type is longer than \(TopicPattern.mostBytes) bytes")
        }
        for name in extensions.keys {
            let isName =
                !name.isEmpty
                && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
            guard isName, !Self.ownAttributes.contains(name) else {
                throw EventFormatError(
                    .badAttribute, "an extension cannot be called `\(name)`: lower-case letters and digits only")
            }
        }
    }

    /// About how many bytes it takes.
    var weight: Int {
        extensions.reduce(64 + id.utf8.count + source.utf8.count + type.utf8.count + data.weight) {
            $0 + $1.key.utf8.count + $1.value.utf8.count
        }
    }
}
