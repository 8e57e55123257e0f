// SPDX-License-Identifier: Apache-2.0

/// What PostgreSQL refused, or why it could not be asked.
public struct PostgreSQLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The five characters of the SQL standard, such as `23505`; empty where no server answered.
    public let sqlState: String
    /// The server's words, or those of its library.
    public let message: String

    /// Whether a transaction may go through when it is done again: it met another one.
    var isConflict: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// The message and the state.
    public var description: String { sqlState.isEmpty ? message : "\(message) [\(sqlState)]" }
}

/// A value that a statement is given.
public enum PostgreSQLValue: Sendable, Hashable {
    case null
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)

    /// The value as the protocol's text format has it; nil: null.
    var text: String? {
        switch self {
        case .null: nil
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .boolean(let flag): flag ? "t" : "f"
        }
    }
}

extension PostgreSQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

/// What a statement gave back.
public struct PostgreSQLRows: Sendable, Hashable {
    /// The rows, each value as text, nil where it is null.
    public let rows: [[String?]]
    /// How many rows a statement that changes something has changed.
    public let changed: Int
}
