// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// An event as filters, keys and locks see it: the fields of its payload with the types that its type declares.
public struct EventView: FilterableEvent {
    private let event: Event
    private let shape: EventShape

    init(_ event: Event, _ shape: EventShape) {
        self.event = event
        self.shape = shape
    }

    /// The event's type.
    public var type: String { event.type }

    /// An attribute by its name, without regard to case.
    public func header(_ name: String) -> String? {
        switch name.lowercased() {
        case "id": event.id
        case "source": event.source
        case "type": event.type
        case "subject": event.subject
        case "time": event.time?.description
        case "datacontenttype": event.data.contentType
        case "dataschema": event.dataSchema
        case let name: event.extensions[name]
        }
    }

    /// A field by its name; nil where it is missing, or not what its declaration says.
    public func field(_ name: String) -> FilterScalar? { shape.value(of: name, in: event) }
}

/// Which fields a type of event declares, and under which names payloads hold them.
struct EventShape: Sendable {
    private struct Field: Sendable {
        let type: FieldType
        let keys: [String]
    }

    private let fields: [String: Field]
    private let inOrder: [(name: String, field: Field)]

    /// The shape of a type; nil: of one that nobody declared.
    init(_ node: EventNode?) {
        inOrder = (node?.fields ?? []).map { ($0.name, Field(type: $0.type, keys: Self.keys(of: $0.name))) }
        fields = Dictionary(inOrder.map { ($0.name, $0.field) }) { first, _ in first }
    }

    /// The names of a field in payloads: as declared (`order-id`), as Python writes it (`order_id`), as Swift does (`orderId`,
    /// `orderID`).
    static func keys(of name: String) -> [String] {
        let words = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1 else { return [name] }
        let camel = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let keys = [name, words.joined(separator: "_"), camel]
        return camel.hasSuffix("Id") ? keys + [camel.dropLast(2) + "ID"] : keys
    }

    private func found(_ field: Field, in event: Event) -> JSONValue? {
        guard case .json(.object(let members)) = event.data else { return nil }
        for key in field.keys {
            if let value = members[key], value != .null { return value }
        }
        return nil
    }

    func value(of name: String, in event: Event) -> FilterScalar? {
        if let field = fields[name] { return found(field, in: event).flatMap { Self.scalar($0, field.type) } }
        guard case .json(.object(let members)) = event.data, let value = members[name] else { return nil }
        return [.text, .number, .boolean].lazy.compactMap { Self.scalar(value, $0) }.first
    }

    /// Whether the declared fields that a payload has are of their types.
    /// - Throws: ``EventFormatError`` naming the first that is not.
    func check(_ event: Event) throws(EventFormatError) {
        for (name, field) in inOrder {
            guard let value = found(field, in: event), Self.scalar(value, field.type) == nil else { continue }
            throw EventFormatError(
                .badData, "the field `\(name)` of `\(event.type)` must be of the type `\(field.type.rawValue)`")
        }
    }

    private static func scalar(_ value: JSONValue, _ type: FieldType) -> FilterScalar? {
        switch (type, value) {
        case (.text, .string(let text)): .text(text)
        case (.number, .integer(let number)): .number(Double(number))
        case (.number, .number(let number)): .number(number)
        case (.boolean, .boolean(let flag)): .boolean(flag)
        case (.date, .string(let text)):
            text.utf8.count == 10 ? Instant(text).map { .date($0.secondsSince1970) } : nil
        case (.instant, .string(let text)):
            Timestamp(text).map { .instant($0.secondsSince1970) } ?? Instant(text).map { .instant($0.secondsSince1970) }
        default: nil
        }
    }
}
