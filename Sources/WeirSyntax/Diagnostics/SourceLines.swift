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

    /// Finds the lines of a file; reads every byte once.
    public init(_ bytes: [UInt8]) {
        var starts: [UInt32] = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(UInt32(clamping: offset + 1))
        }
        self.bytes = bytes
        self.starts = starts
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
        let isContinuation = { (byte: UInt8) in byte & 0xC0 == 0x80 }
        return 1 + bytes[start..<min(max(offset, start), bytes.count)].count { !isContinuation($0) }
    }

    /// The place of the byte at an offset, for people.
    public func place(of offset: Int, in file: String) -> SourcePlace {
        SourcePlace(file: file, line: line(of: offset), column: column(of: offset))
    }
}
