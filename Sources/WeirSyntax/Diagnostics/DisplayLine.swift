// SPDX-License-Identifier: Apache-2.0

/// A line of a file as a terminal shows it: tabs expanded, control characters and invalid bytes replaced, and of a long line
/// only a window; knows in which column each of its bytes stands.
struct DisplayLine {
    private static let tabStop = 4
    private static let ellipsis = "…"
    /// How many bytes of a long line stand before the byte that it is shown for.
    private static let lead = Limits.renderedColumns / 4

    /// What to print.
    private(set) var text = ""
    /// How many columns that takes.
    private(set) var width = 0
    private var cellStarts: [Int] = []
    private var cellColumns: [Int] = []

    /// Shows the bytes of a line; of a line that is too long the part around the byte at `focus`.
    init(_ line: ArraySlice<UInt8>, focus: Int) {
        let isShort = focus - line.startIndex <= Limits.renderedColumns - Self.lead
        var position = isShort ? line.startIndex : Self.boundary(in: line, atOrBefore: focus - Self.lead)
        if position > line.startIndex { append(Self.ellipsis, width: 1, from: position) }
        var joins = false
        while position < line.endIndex {
            guard width < Limits.renderedColumns else {
                append(Self.ellipsis, width: 1, from: position)
                break
            }
            let (scalar, length) = Self.decode(line[position...])
            if scalar == "\t" {
                let spaces = Self.tabStop - width % Self.tabStop
                append(String(repeating: " ", count: spaces), width: spaces, from: position)
            } else if scalar != "\u{FEFF}" {
                let shown = DisplayWidth.shown(scalar)
                append(String(shown), width: joins ? 0 : DisplayWidth.of(shown), from: position)
            }
            joins = scalar == "\u{200D}"
            position += length
        }
    }

    /// The column, from 0, in which the byte at an offset of the file stands; the line's end for one that is not shown.
    func column(of offset: Int) -> Int {
        var low = 0
        var high = cellStarts.count
        while low < high {
            let middle = (low + high) / 2
            if cellStarts[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low < cellColumns.count ? cellColumns[low] : width
    }

    private mutating func append(_ shown: String, width columns: Int, from offset: Int) {
        text += shown
        cellStarts.append(offset)
        cellColumns.append(width)
        width += columns
    }

    private static func boundary(in line: ArraySlice<UInt8>, atOrBefore offset: Int) -> Int {
        var position = min(max(offset, line.startIndex), line.endIndex)
        var steps = 0
        while position > line.startIndex, position < line.endIndex, line[position] & 0xC0 == 0x80, steps < 3 {
            position -= 1
            steps += 1
        }
        return position
    }

    /// The first scalar of some bytes and its length; U+FFFD and 1 for a byte that begins none.
    private static func decode(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
        guard let first = bytes.first, first >= 0x80 else { return (Unicode.Scalar(bytes.first ?? 0), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, bytes.count >= length else { return ("\u{FFFD}", 1) }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes.dropFirst().prefix(length - 1) {
            guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
        guard value >= smallest[length], let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }
}
