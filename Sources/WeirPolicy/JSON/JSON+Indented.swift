// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// This value for people: keys sorted, two spaces a level, what holds no object on one line where it is short.
    public var indentedText: String { indented(at: 0) + "\n" }

    private static let width = 100

    private func indented(at column: Int) -> String {
        let line = String(decoding: canonicalBytes, as: UTF8.self)
        let inner = String(repeating: " ", count: column + 2)
        let end = "\n" + String(repeating: " ", count: column)
        switch self {
        case .string, .integer, .boolean, .null: return line
        case .array(let elements):
            if elements.isEmpty || (elements.allSatisfy(\.isScalar) && column + line.utf8.count < Self.width) {
                return "[" + elements.map { $0.indented(at: 0) }.joined(separator: ", ") + "]"
            }
            return "[\n" + elements.map { inner + $0.indented(at: column + 2) }.joined(separator: ",\n") + end + "]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let keys = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{\n"
                + keys.map { key, value in
                    inner + String(decoding: JSON.string(key).canonicalBytes, as: UTF8.self) + ": "
                        + value.indented(at: column + 2)
                }.joined(separator: ",\n") + end + "}"
        }
    }

    private var isScalar: Bool {
        switch self {
        case .string, .integer, .boolean, .null: true
        case .array, .object: false
        }
    }
}
