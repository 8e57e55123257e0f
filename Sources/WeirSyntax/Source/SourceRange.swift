// SPDX-License-Identifier: Apache-2.0

/// A half-open range of bytes in one file.
public struct SourceRange: Sendable, Hashable {
    /// The first byte.
    public let start: UInt32
    /// The byte after the last.
    public let end: UInt32

    /// A range; an end before the start is an empty range at the start.
    public init(start: Int, end: Int) {
        self.start = UInt32(clamping: start)
        self.end = max(UInt32(clamping: end), self.start)
    }

    /// The range from the start of one to the end of the other.
    public func through(_ other: SourceRange) -> SourceRange {
        SourceRange(start: Int(min(start, other.start)), end: Int(max(end, other.end)))
    }

    /// How many bytes it covers.
    public var count: Int { Int(end - start) }
}
