// SPDX-License-Identifier: Apache-2.0

/// Why a document is no policy graph, or no source map.
public struct GraphReadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault.
    public struct Code: Sendable, Hashable {
        let name: String

        /// The text is no JSON.
        public static let json = Code(name: "json")
        /// It was written in a format that this version does not know.
        public static let format = Code(name: "format")
        /// A key is missing.
        public static let missingKey = Code(name: "missing-key")
        /// A key has no meaning here.
        public static let unknownKey = Code(name: "unknown-key")
        /// A value is of the wrong type or out of its bounds.
        public static let value = Code(name: "value")
    }

    /// The kind of fault.
    public let code: Code
    /// The path to the fault, such as `policies.shop.outbound.steps[2].retry.wait`; empty for the whole document.
    public let path: String
    /// What is wrong, as one clause.
    public let message: String

    /// One line with the path.
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
