// SPDX-License-Identifier: Apache-2.0

/// Why a text is not JSON that this package reads.
public struct JSONReadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault.
    public struct Code: Sendable, Hashable {
        let name: String

        /// The text is no JSON.
        public static let syntax = Code(name: "syntax")
        /// A text is not UTF-8, or escapes half of a character.
        public static let encoding = Code(name: "encoding")
        /// A key stands twice in one object.
        public static let repeatedKey = Code(name: "repeated-key")
        /// A fraction, an exponent, null, or a whole number that is too large.
        public static let unsupported = Code(name: "unsupported")
        /// More nesting or more bytes than ``Limits`` allow.
        public static let limit = Code(name: "limit")
    }

    /// The bounds of what is read.
    public enum Limits {
        /// The largest document, in bytes.
        public static let bytes = 256 << 20
        /// The deepest nesting of arrays and objects.
        public static let nesting = 64
    }

    /// The kind of fault.
    public let code: Code
    /// The byte at which it shows, counted from 0.
    public let offset: Int
    /// What is wrong, as one clause.
    public let message: String

    /// One line with the place.
    public var description: String { "\(message), at byte \(offset)" }
}
