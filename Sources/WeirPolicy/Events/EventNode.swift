// SPDX-License-Identifier: Apache-2.0

/// A declared type of event; the name inside its package is the type that travels with it, such as `order.placed`.
public struct EventNode: Sendable, Hashable {
    /// A field that such events carry.
    public struct Field: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let type: FieldType

        /// A field.
        public init(name: String, type: FieldType) {
            self.name = name
            self.type = type
        }
    }

    /// What is known of the type's end; times are seconds from 1970 (UTC).
    public struct Lifecycle: Sendable, Hashable {
        /// From when on nobody new should use it.
        public let deprecated: Int64?
        /// From when on it is not published any more.
        public let sunset: Int64?
        /// The type that takes its place.
        public let successor: QualifiedName?
        /// Why.
        public let reason: String?

        /// A lifecycle; everything may be left out.
        public init(
            deprecated: Int64? = nil, sunset: Int64? = nil, successor: QualifiedName? = nil, reason: String? = nil
        ) {
            self.deprecated = deprecated
            self.sunset = sunset
            self.successor = successor
            self.reason = reason
        }
    }

    /// Its full name.
    public let name: QualifiedName
    /// The fields in the order of their names.
    public let fields: [Field]
    /// The field that says which thing an event is about.
    public let key: String?
    /// The path of the JSON Schema that events are checked with when they are published.
    public let schema: String?
    /// What is known of its end.
    public let lifecycle: Lifecycle

    /// A type of event.
    public init(
        name: QualifiedName, fields: [Field], key: String? = nil, schema: String? = nil,
        lifecycle: Lifecycle = Lifecycle()
    ) {
        self.name = name
        self.fields = fields.sorted { $0.name < $1.name }
        self.key = key
        self.schema = schema
        self.lifecycle = lifecycle
    }

    /// The type as it travels with each event.
    public var type: String { name.name }

    /// The type of a field; nil where it has none of that name.
    public func field(_ name: String) -> FieldType? { fields.first { $0.name == name }?.type }
}
