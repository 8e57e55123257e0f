// SPDX-License-Identifier: Apache-2.0

/// What lies between two tokens that mean something: line ends and comments.
struct Gap {
    /// A comment from its `#` to the line's end, without the spaces there.
    struct Comment {
        let text: ArraySlice<UInt8>
        /// The line ends before it, after the token or comment before; 0: it trails on that line.
        let breaks: Int
    }

    private(set) var comments: [Comment] = []
    /// The line ends after the last comment, or in all when there is none.
    private(set) var breaks = 0
    /// Whether a comment in it stands on a line of its own.
    var standsApart: Bool { comments.contains { $0.breaks > 0 } }
    /// Whether it holds anything else, which re-spacing would lose.
    private(set) var hasOther = false

    /// Reads the bytes between two tokens; those of newline tokens are among them.
    init(_ bytes: ArraySlice<UInt8>) {
        var position = bytes.startIndex
        while position < bytes.endIndex {
            switch bytes[position] {
            case UInt8(ascii: "\n"): breaks += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "#"):
                let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
                comments.append(Comment(text: bytes[position..<end].withoutTrailingSpaces, breaks: breaks))
                breaks = 0
                position = end
                continue
            default:
                if bytes[position...].starts(with: [0xEF, 0xBB, 0xBF]) { position += 2 } else { hasOther = true }
            }
            position += 1
        }
    }
}

extension ArraySlice<UInt8> {
    var withoutTrailingSpaces: ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        return self[..<((lastIndex { !isSpace($0) }).map { $0 + 1 } ?? startIndex)]
    }
}
