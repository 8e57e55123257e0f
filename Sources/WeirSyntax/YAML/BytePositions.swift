// SPDX-License-Identifier: Apache-2.0

/// Turns libyaml's places, which count characters, into bytes.
///
/// Places come almost in order, so a cursor walks from the last one, forwards or back, and the whole text is passed about once.
struct BytePositions {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The first byte that belongs to the text, after a byte order mark.
    let first: Int
    private let end: Int
    private let isASCII: Bool
    private var character = 0
    private var byte: Int

    /// Positions in valid UTF-8 bytes, which must outlive it.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from first: Int, to end: Int, isASCII: Bool) {
        self.bytes = bytes
        self.first = first
        self.end = end
        self.isASCII = isASCII
        byte = first
    }

    /// The byte at which a character begins; the end of the text for those beyond it.
    mutating func byte(ofCharacter target: Int) -> Int {
        if isASCII { return min(first + target, end) }
        while character < target, byte < end {
            byte += 1
            while byte < end, isContinuation(bytes[byte]) { byte += 1 }
            character += 1
        }
        while character > target, byte > first {
            byte -= 1
            while byte > first, isContinuation(bytes[byte]) { byte -= 1 }
            character -= 1
        }
        return byte
    }

    private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
