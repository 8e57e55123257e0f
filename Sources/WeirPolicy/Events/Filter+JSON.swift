// SPDX-License-Identifier: Apache-2.0

/// Filters as objects: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test such as `{"field": "region", "in": ["eu"]}`.
extension Filter {
    /// The deepest nesting that is read.
    static let deepest = 64

    var json: JSON {
        switch self {
        case .all(let parts): .object(["all": .array(parts.map(\.json))])
        case .any(let parts): .object(["any": .array(parts.map(\.json))])
        case .not(let part): .object(["not": part.json])
        case .test(let test): test.json
        }
    }

    static func read(_ reader: inout ObjectReader, _ key: String) throws(GraphReadError) -> Filter? {
        guard let value = reader.take(key) else { return nil }
        return try Filter(value, path: reader.path(of: key), depth: 0)
    }

    init(_ value: JSON, path: String, depth: Int) throws(GraphReadError) {
        guard depth < Self.deepest else {
            throw GraphReadError(code: .value, path: path, message: "a filter is nested too deeply")
        }
        var reader = try ObjectReader(value, path: path)
        if let parts = try reader.optional("all", "a list of filters", \.asArray) {
            self = .all(try Self.parts(parts, reader.path(of: "all"), depth))
        } else if let parts = try reader.optional("any", "a list of filters", \.asArray) {
            self = .any(try Self.parts(parts, reader.path(of: "any"), depth))
        } else if let part = reader.take("not") {
            self = .not(try Filter(part, path: reader.path(of: "not"), depth: depth + 1))
        } else {
            self = .test(try Test(&reader))
        }
        try reader.finish()
    }

    private static func parts(_ values: [JSON], _ path: String, _ depth: Int) throws(GraphReadError) -> [Filter] {
        var parts: [Filter] = []
        for value in values { parts.append(try Filter(value, path: "\(path)[\(parts.count)]", depth: depth + 1)) }
        return parts
    }
}

extension Filter.Test {
    var json: JSON {
        var test = ObjectBuilder()
        switch subject {
        case .type: test.set("type", JSON.boolean(true))
        case .header(let name): test.set("header", name)
        case .field(let name): test.set("field", name)
        }
        switch comparison {
        case .isOneOf(let values): test.set("in", JSON.array(values.map(\.json)))
        case .startsWith(let text): test.set("starts-with", text)
        case .endsWith(let text): test.set("ends-with", text)
        case .exists: test.set("exists", JSON.boolean(true))
        case .above(let bound): test.set("above", bound.json)
        case .below(let bound): test.set("below", bound.json)
        case .atLeast(let bound): test.set("at-least", bound.json)
        case .atMost(let bound): test.set("at-most", bound.json)
        }
        return test.json
    }

    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        let subject: Filter.Subject
        if let header = try reader.optional("header", "a text", \.asString) {
            subject = .header(header)
        } else if let field = try reader.optional("field", "a name", \.asString) {
            subject = .field(field)
        } else {
            _ = try reader.required("type", "`true`", \.asBoolean)
            subject = .type
        }
        self.init(subject, try Filter.Comparison(&reader))
    }
}

extension Filter.Comparison {
    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        if let values = try reader.optional("in", "a list of values", { $0.asList { FilterScalar($0) } }) {
            self = .isOneOf(values)
        } else if let text = try reader.optional("starts-with", "a text", \.asString) {
            self = .startsWith(text)
        } else if let text = try reader.optional("ends-with", "a text", \.asString) {
            self = .endsWith(text)
        } else if let bound = try reader.optional("above", "a value", { FilterScalar($0) }) {
            self = .above(bound)
        } else if let bound = try reader.optional("below", "a value", { FilterScalar($0) }) {
            self = .below(bound)
        } else if let bound = try reader.optional("at-least", "a value", { FilterScalar($0) }) {
            self = .atLeast(bound)
        } else if let bound = try reader.optional("at-most", "a value", { FilterScalar($0) }) {
            self = .atMost(bound)
        } else {
            _ = try reader.required("exists", "`true`", \.asBoolean)
            self = .exists
        }
    }
}

extension FilterScalar {
    /// Literals of the language are whole numbers, which JSON holds exactly; none is beyond what it holds.
    var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .number(let value): .integer(Int64(exactly: value) ?? 0)
        case .boolean(let value): .boolean(value)
        case .date(let seconds): .object(["date": .integer(seconds)])
        case .instant(let seconds): .object(["instant": .integer(seconds)])
        }
    }

    init?(_ json: JSON) {
        switch json {
        case .string(let text): self = .text(text)
        case .integer(let value): self = .number(Double(value))
        case .boolean(let value): self = .boolean(value)
        case .object(let members):
            guard members.count == 1, let (key, value) = members.first, let seconds = value.asInteger else {
                return nil
            }
            switch key {
            case "date": self = .date(Int64(seconds))
            case "instant": self = .instant(Int64(seconds))
            default: return nil
            }
        case .array, .null: return nil
        }
    }
}
