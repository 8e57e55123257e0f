// SPDX-License-Identifier: Apache-2.0

/// A comment of a YAML file and its place.
struct YAMLComment {
    /// From its `#` to the line's end, without the spaces there.
    let text: String
    /// The byte of its `#`.
    let start: Int
    /// The first byte of its line.
    let lineStart: Int
    /// How far its line is indented.
    let lineColumn: Int

    /// How far it is indented, in bytes.
    var column: Int { start - lineStart }
    /// Whether nothing stands before it on its line.
    var isAlone: Bool { column == lineColumn }

    /// The comments of a file that is sound YAML, in order.
    static func all(in source: SourceFile) -> [YAMLComment] {
        let document = YAMLComposer.compose(source, isASCII: source.bytes.reduce(0, |) < 0x80)
        var comments: [YAMLComment] = []
        var position = 0
        let scalars = document.nodes.filter { $0.kind == .scalar || $0.kind == .alias }.sorted { $0.start < $1.start }
        for node in scalars {
            let isBlock = node.style == .literal || node.style == .folded
            let start = max(Int(node.start), position)
            // The line of a block's sign may hold a comment, too.
            let header = isBlock ? source.bytes[start...].firstIndex(of: 0x0A) ?? start : start
            comments += all(in: source.bytes, position..<header)
            position = max(Int(node.end), position)
        }
        return comments + all(in: source.bytes, position..<source.bytes.count)
    }

    /// The first byte of the line that a byte stands on.
    static func lineStart(of place: Int, in bytes: [UInt8]) -> Int {
        (bytes[..<place].lastIndex(of: 0x0A) ?? -1) + 1
    }

    private static func all(in bytes: [UInt8], _ range: Range<Int>) -> [YAMLComment] {
        var comments: [YAMLComment] = []
        var place = range.lowerBound
        while let hash = bytes[place..<range.upperBound].firstIndex(of: UInt8(ascii: "#")) {
            guard hash == 0 || bytes[hash - 1] <= 0x20 else {
                place = hash + 1
                continue
            }
            let end = bytes[hash..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
            let lineStart = lineStart(of: hash, in: bytes)
            let column = bytes[lineStart...].prefix { $0 == 0x20 || $0 == 0x09 }.count
            comments.append(
                YAMLComment(
                    text: String(decoding: bytes[hash..<end].withoutTrailingSpaces, as: UTF8.self), start: hash,
                    lineStart: lineStart, lineColumn: column))
            place = end
        }
        return comments
    }
}
