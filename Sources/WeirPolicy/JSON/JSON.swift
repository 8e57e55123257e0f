// SPDX-License-Identifier: Apache-2.0

/// A JSON value of the kind that bundles are made of: no fractions, and null only in what is written for others.
public enum JSON: Sendable, Hashable {
    case object([String: JSON])
    case array([JSON])
    case string(String)
    /// A whole number; at most ``largestInteger`` on either side of zero, so that every reader keeps it exactly.
    case integer(Int64)
    case boolean(Bool)
    /// Nothing, for answers whose readers expect the member to be there; the reader of bundles refuses it.
    case null

    /// 2^53 − 1, the largest whole number that all JSON readers agree on.
    public static let largestInteger: Int64 = 9_007_199_254_740_991

    /// The one way to write this value: RFC 8785 (sorted keys, no spaces, the shortest escapes), as UTF-8.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalJSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// Reads one JSON value and nothing else.
    /// - Throws: ``JSONReadError`` when the text is no JSON, holds a fraction, null or a key twice, or exceeds a limit of
    ///   ``JSONReadError/Limits``.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONReadError) {
        var reader = JSONReader<JSON>(Array(bytes))
        self = try reader.readDocument()
    }
}

extension JSON: JSONMaking {
    static var takesAll: Bool { false }
    static func number(spelled text: String) -> JSON? { nil }
    static var nothing: JSON? { nil }
}
