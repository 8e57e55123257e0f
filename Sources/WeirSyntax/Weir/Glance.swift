// SPDX-License-Identifier: Apache-2.0

/// Looks at a value just long enough to see that it cannot be out of any bounds; most values are like that.
enum Glance {
    /// Whether one token is surely sound; false says nothing, and ``ValueCheck`` has to look closely.
    /// - Parameter byte: the byte of the text at a place.
    @inline(__always)
    static func isSound(_ token: Token, _ bounds: ClosedRange<Int>?, byte: (Int) -> UInt8) -> Bool {
        switch token.kind {
        case .name, .path, .constant: return true
        case .duration:
            let isMilliseconds = token.length <= 6 && byte(token.end - 2) == UInt8(ascii: "m")
            return isMilliseconds || token.length <= 4 && byte(token.end - 1) != UInt8(ascii: "d")
        case .rate:
            return token.length <= 6 && byte(Int(token.start)) != UInt8(ascii: "0")
                && byte(token.end - 2) == UInt8(ascii: "/")
        case .percent, .factor: return token.length <= 3 && byte(Int(token.start)) != UInt8(ascii: "0")
        case .integer:
            guard token.length <= 4 else { return false }
            var value = 0
            for place in Int(token.start)..<token.end where byte(place) != UInt8(ascii: "_") {
                value = value &* 10 &+ Int(byte(place) &- UInt8(ascii: "0"))
            }
            return bounds?.contains(value) ?? true
        case .string:
            for place in Int(token.start)..<token.end where byte(place) == UInt8(ascii: "\\") { return false }
            return true
        default: return false
        }
    }
}
