// SPDX-License-Identifier: Apache-2.0

/// Why something that came in is no event, or something that goes out cannot be one.
public struct EventFormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `bad-json`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It says that it is JSON, and is not.
        public static let badJSON = Code(rawValue: "bad-json")
        /// It is neither CloudEvents 1.0 nor the envelope of older buses.
        public static let notAnEvent = Code(rawValue: "not-an-event")
        /// Its `specversion` is not 1.0.
        public static let badVersion = Code(rawValue: "bad-version")
        /// An attribute is missing, empty, or not of its kind.
        public static let badAttribute = Code(rawValue: "bad-attribute")
        /// The payload does not have the shape that was asked for, or that its type declares.
        public static let badData = Code(rawValue: "bad-data")
        /// It is larger than what is read.
        public static let tooLarge = Code(rawValue: "too-large")
    }

    /// Why.
    public let code: Code
    /// What is wrong, as one clause.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(message) [\(code.rawValue)]" }
}
