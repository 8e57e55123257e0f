// SPDX-License-Identifier: Apache-2.0

/// Reads the members of a JSON object one by one, and refuses those that nobody asked for.
struct ObjectReader {
    let path: String
    private var members: [String: JSON]

    init(_ value: JSON, path: String) throws(GraphReadError) {
        guard case .object(let members) = value else {
            throw GraphReadError(code: .value, path: path, message: "an object is due here")
        }
        self.path = path
        self.members = members
    }

    /// The path of a member.
    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// A member that may be missing.
    mutating func take(_ key: String) -> JSON? { members.removeValue(forKey: key) }

    /// A member that must be there.
    mutating func require(_ key: String) throws(GraphReadError) -> JSON {
        guard let value = take(key) else {
            throw GraphReadError(code: .missingKey, path: path, message: "the key `\(key)` is missing")
        }
        return value
    }

    /// Refuses the members that are left.
    func finish() throws(GraphReadError) {
        guard let key = members.keys.min() else { return }
        throw GraphReadError(code: .unknownKey, path: path, message: "the key `\(key)` has no meaning here")
    }

    /// The remaining members, all taken, in order of their keys.
    mutating func takeAll() -> [(key: String, value: JSON)] {
        defer { members = [:] }
        return members.sorted { $0.key < $1.key }
    }

    /// A member read by a function; nil when it is missing.
    mutating func optional<Value>(
        _ key: String, _ what: String, _ read: (JSON) -> Value?
    ) throws(GraphReadError) -> Value? {
        guard let value = take(key) else { return nil }
        guard let result = read(value) else {
            throw GraphReadError(code: .value, path: path(of: key), message: "\(what) is due here")
        }
        return result
    }

    /// A member read by a function, that must be there.
    mutating func required<Value>(
        _ key: String, _ what: String, _ read: (JSON) -> Value?
    ) throws(GraphReadError) -> Value {
        let value = try require(key)
        guard let result = read(value) else {
            throw GraphReadError(code: .value, path: path(of: key), message: "\(what) is due here")
        }
        return result
    }

    /// A nested object that may be missing.
    mutating func object(_ key: String) throws(GraphReadError) -> ObjectReader? {
        guard let value = take(key) else { return nil }
        return try ObjectReader(value, path: path(of: key))
    }

    /// A nested object that must be there.
    mutating func requiredObject(_ key: String) throws(GraphReadError) -> ObjectReader {
        try ObjectReader(try require(key), path: path(of: key))
    }

    /// Runs an initialiser with bounds, and says where the value stands that breaks one.
    func checked<Value>(_ make: () throws(InvalidValue) -> Value) throws(GraphReadError) -> Value {
        do {
            return try make()
        } catch {
            throw GraphReadError(code: .value, path: path, message: error.description)
        }
    }
}

extension JSON {
    var asString: String? { if case .string(let text) = self { text } else { nil } }
    var asInteger: Int? { if case .integer(let number) = self { Int(number) } else { nil } }
    var asBoolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
    var asArray: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    var asDuration: Duration? { asString.flatMap { LiteralText.duration($0) } }
    var asRate: Rate? { asString.flatMap { LiteralText.rate($0) } }
    var asRatio: Ratio? { asString.flatMap { LiteralText.ratio($0) } }
    var asFactor: Factor? { asString.flatMap { LiteralText.factor($0) } }

    /// All elements read by a function; nil when one cannot be.
    func asList<Element>(_ read: (JSON) -> Element?) -> [Element]? {
        guard let elements = asArray else { return nil }
        let found = elements.compactMap(read)
        return found.count == elements.count ? found : nil
    }

    /// A word among the cases of an enumeration.
    func asWord<Word: RawRepresentable<String>>(_: Word.Type) -> Word? { asString.flatMap { Word(rawValue: $0) } }

    var asOutcomes: [OutcomeMatcher]? { asList { $0.asString.flatMap { OutcomeMatcher(text: $0) } } }
    var asDurations: [Duration]? { asList(\.asDuration) }
}
