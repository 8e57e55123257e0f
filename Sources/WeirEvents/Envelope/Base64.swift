// SPDX-License-Identifier: Apache-2.0

/// Base64 of RFC 4648 with its padding.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: .max, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << (16 - 8 * $1.offset) }
            for place in 0..<4 {
                text.append(place <= group.count ? digits[Int(bits >> (18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil where it is not Base64.
    static func decode(_ text: String) -> [UInt8]? {
        let source = Array(text.utf8)
        guard source.count % 4 == 0 else { return nil }
        let padding = source.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count / 4 * 3)
        for start in stride(from: 0, to: source.count, by: 4) {
            let kept = start + 4 == source.count ? 4 - padding : 4
            var bits: UInt32 = 0
            for place in 0..<kept {
                let value = values[Int(source[start + place])]
                guard value != .max else { return nil }
                bits |= UInt32(value) << (18 - 6 * place)
            }
            for place in 0..<kept - 1 { bytes.append(UInt8(truncatingIfNeeded: bits >> (16 - 8 * place))) }
        }
        return bytes
    }
}
