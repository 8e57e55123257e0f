// SPDX-License-Identifier: Apache-2.0

extension SourceFile {
    /// Why the file cannot be read as text at all: too large, not UTF-8, or binary; nil where it can.
    func faultAsText() -> Diagnostic? {
        guard bytes.count <= Limits.fileBytes else {
            return Diagnostic(
                .limitExceeded, "the file has \(bytes.count) bytes, and at most \(Limits.fileBytes) are read",
                at: label(at: 0, length: 0, "the whole file is left out"),
                helps: [Diagnostic.Help("divide it into several files of one directory; they share their names")])
        }
        if let place = firstByteOutsideUTF8() {
            return Diagnostic(
                .unreadableFile, "the file is not UTF-8 text",
                at: label(at: place, length: 1, "byte 0x\(Self.hexadecimal(bytes[place])) begins no character here"))
        }
        guard holdsZero, let place = bytes.firstIndex(of: 0) else { return nil }
        return Diagnostic(
            .unreadableFile, "the file holds a zero byte, which no text has",
            at: label(at: place, length: 1, "byte \(place) of \(bytes.count)"))
    }

    private func label(at place: Int, length: Int, _ text: String) -> Diagnostic.Label {
        Diagnostic.Label(file: path, range: SourceRange(start: place, end: place + length), text: text)
    }

    private func firstByteOutsideUTF8() -> Int? {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    /// Looks at all bytes without a branch, which is many times faster than to stop at the first.
    private var holdsZero: Bool {
        var least = UInt8.max
        for byte in bytes { least = min(least, byte) }
        return least == 0
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }
}
