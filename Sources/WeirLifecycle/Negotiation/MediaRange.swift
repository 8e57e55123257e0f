// SPDX-License-Identifier: Apache-2.0

/// A media type or range with its parameters, as places among the bytes of a field; read in one pass.
struct MediaRange {
    /// The type, without blanks around it; may be empty.
    var type: Range<Int>
    /// Whether the type begins as the pattern does.
    var hasPrefix = false
    /// The value of the parameter `q`.
    var weight: Range<Int>?
    /// The value of the parameter that holds the version.
    var parameter: Range<Int>?

    /// Reads from a place on up to the next comma outside of quotes, which is left behind.
    init(_ bytes: Span<UInt8>, from place: inout Int, _ pattern: MediaTypePattern) {
        var start = place
        while start < bytes.count, Self.isBlank(bytes[start]) { start += 1 }
        let prefix = pattern.prefix
        if bytes.count - start >= prefix.count, bytes.isEqual(prefix, first: prefix.count, at: start) {
            hasPrefix = true
        }
        // What the pattern begins with has no end of a piece in it, so it is not looked at twice.
        var end = Self.endOfPiece(bytes, from: hasPrefix ? start + prefix.count : start)
        type = Self.trimmed(start..<end, bytes)
        while end < bytes.count, bytes[end] == UInt8(ascii: ";") {
            start = end + 1
            end = Self.endOfPiece(bytes, from: start)
            readParameter(Self.trimmed(start..<end, bytes), bytes, pattern.parameter)
        }
        place = end + 1
    }

    private mutating func readParameter(_ piece: Range<Int>, _ bytes: Span<UInt8>, _ name: [UInt8]?) {
        var equals = piece.lowerBound
        while equals < piece.upperBound, bytes[equals] != UInt8(ascii: "=") { equals += 1 }
        guard equals < piece.upperBound else { return }
        let key = Self.trimmed(piece.lowerBound..<equals, bytes)
        var value = Self.trimmed(equals + 1..<piece.upperBound, bytes)
        if value.count >= 2, bytes[value.lowerBound] == UInt8(ascii: "\""),
            bytes[value.upperBound - 1] == UInt8(ascii: "\"")
        {
            value = value.lowerBound + 1..<value.upperBound - 1
        }
        if weight == nil, key.count == 1, bytes[key.lowerBound] | 0x20 == UInt8(ascii: "q") { weight = value }
        if let name, parameter == nil, key.count == name.count,
            bytes.isEqual(name, first: name.count, at: key.lowerBound)
        {
            parameter = value
        }
    }

    /// The next comma or semicolon outside of quotes, or the end.
    private static func endOfPiece(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var (place, isQuoted) = (start, false)
        while place < bytes.count {
            let byte = bytes[place]
            // Letters and most else: above everything that ends a piece.
            if byte > UInt8(ascii: ";"), !isQuoted {
                place += 1
                continue
            }
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted {
                if byte == UInt8(ascii: "\\") { place += 1 }
            } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
                return place
            }
            place += 1
        }
        return bytes.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func trimmed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }
}

extension String {
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
