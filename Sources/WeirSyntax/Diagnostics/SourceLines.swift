// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Where the lines of a file begin: turns a byte's offset into a line and a column.
///
/// Lines end at a line feed; a carriage return before it belongs to the line's end. Lines and columns count from 1, columns in
/// characters (Unicode scalars; a byte that is no UTF-8 counts as one).
public struct SourceLines: Sendable {
    /// The file's bytes.
    public let bytes: [UInt8]
    private let starts: [UInt32]
    /// How many bytes before each stretch of the file go on with a character; empty where all characters are ASCII.
    private let continuations: [UInt32]
    private static let stretch = 1024

    /// Finds the lines of a file; reads every byte once.
    public init(_ bytes: [UInt8]) {
        var starts: [UInt32] = [0]
        starts.reserveCapacity(bytes.count { $0 == UInt8(ascii: "\n") } + 1)
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(UInt32(clamping: offset + 1))
        }
        self.bytes = bytes
        self.starts = starts
        continuations = Self.continuations(bytes)
    }

    /// How many lines there are, at least one; after a final line feed stands an empty last line.
    public var count: Int { starts.count }

    /// The line that holds the byte at an offset; offsets beyond the end are in the last line.
    public func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line without its end; empty at the file's end for a line that does not exist.
    public func range(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
        let start = Int(starts[line - 1])
        guard line < starts.count else { return start..<bytes.count }
        var end = Int(starts[line]) - 1
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// The column of the byte at an offset in its line.
    public func column(of offset: Int) -> Int {
        let start = Int(starts[line(of: offset) - 1])
        let end = min(max(offset, start), bytes.count)
        return 1 + end - start - (continuations(before: end) - continuations(before: start))
    }

    /// How many bytes before an offset go on with a character that began before them.
    private func continuations(before offset: Int) -> Int {
        guard !continuations.isEmpty else { return 0 }
        let stretch = offset / Self.stretch
        return Int(continuations[stretch]) + Self.count(bytes[stretch * Self.stretch..<offset])
    }

    private static func continuations(_ bytes: [UInt8]) -> [UInt32] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return [] }
        var sums: [UInt32] = [0]
        for start in stride(from: 0, to: bytes.count, by: stretch) {
            let part = bytes[start..<min(start + stretch, bytes.count)]
            sums.append((sums.last ?? 0) + UInt32(clamping: count(part)))
        }
        return sums
    }

    private static func count(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 == 0x80 } }

    /// The place of the byte at an offset, for people.
    public func place(of offset: Int, in file: String) -> SourcePlace {
        SourcePlace(file: file, line: line(of: offset), column: column(of: offset))
    }
}
