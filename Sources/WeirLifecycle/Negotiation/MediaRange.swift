// SPDX-License-Identifier: Apache-2.0

/// A media type or range with its parameters, as places among the bytes of a field; read in one pass.
struct MediaRange {
    /// The type, without blanks around it; may be empty.
    var type: Range<Int>
    /// The value of the parameter `q`.
    var weight: Range<Int>?
    /// The value of the parameter that holds the version.
    var parameter: Range<Int>?

    /// Reads from a place on up to the next comma outside of quotes, which is left behind.
    init(_ bytes: Span<UInt8>, from place: inout Int, parameter name: [UInt8]?) {
        type = place..<place
        var (start, isFirst) = (place, true)
        while true {
            let end = Self.endOfPiece(bytes, from: start)
            let piece = Self.trimmed(start..<end, bytes)
            if isFirst { type = piece } else { readParameter(piece, bytes, name) }
            isFirst = false
            start = end + 1
            guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { break }
        }
        place = start
    }

    private mutating func readParameter(_ piece: Range<Int>, _ bytes: Span<UInt8>, _ name: [UInt8]?) {
        guard let equals = piece.first(where: { bytes[$0] == UInt8(ascii: "=") }) else { return }
        let key = Self.trimmed(piece.lowerBound..<equals, bytes)
        var value = Self.trimmed(equals + 1..<piece.upperBound, bytes)
        if value.count >= 2, bytes[value.lowerBound] == UInt8(ascii: "\""),
            bytes[value.upperBound - 1] == UInt8(ascii: "\"")
        {
            value = value.lowerBound + 1..<value.upperBound - 1
        }
        if weight == nil, key.count == 1, bytes[key.lowerBound] | 0x20 == UInt8(ascii: "q") { weight = value }
        if let name, parameter == nil, key.count == name.count, bytes.isEqual(name[...], at: key.lowerBound) {
            parameter = value
        }
    }

    /// The next comma or semicolon outside of quotes, or the end.
    private static func endOfPiece(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var (index, isQuoted) = (start, false)
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: ";") where !isQuoted: return index
            default: break
            }
            index += 1
        }
        return bytes.count
    }

    private static func trimmed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }
}

extension String {
    /// The characters of a range of bytes, which begins and ends between characters.
    func characters(at range: Range<Int>) -> Substring {
        self[utf8.index(startIndex, offsetBy: range.lowerBound)..<utf8.index(startIndex, offsetBy: range.upperBound)]
    }

    /// The pieces between commas, without blanks around them and without empty ones; nil: more than so many.
    func pieces(most: Int) -> [Substring]? {
        var pieces: [Substring] = []
        for piece in utf8.split(separator: UInt8(ascii: ","), maxSplits: most, omittingEmptySubsequences: false) {
            var piece = piece
            while piece.first == 0x20 || piece.first == 0x09 { piece = piece.dropFirst() }
            while piece.last == 0x20 || piece.last == 0x09 { piece = piece.dropLast() }
            if !piece.isEmpty { pieces.append(Substring(piece)) }
            guard pieces.count <= most else { return nil }
        }
        return pieces
    }
}
