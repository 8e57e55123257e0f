// SPDX-License-Identifier: Apache-2.0

/// The left margin of a rendered diagnostic: line numbers, bars and what stands in their place.
struct Gutter {
    let width: Int
    let palette: Palette

    /// A gutter wide enough for line numbers up to this one.
    init(largestLine: Int, palette: Palette) {
        self.width = String(largestLine).utf8.count
        self.palette = palette
    }

    /// `12 | text`, with another sign for an added or removed line.
    func line(_ number: Int, sign: String = "|", _ text: String) -> String {
        let digits = String(number)
        return trimmed(
            palette.gutter(String(repeating: " ", count: max(width - digits.utf8.count, 0)) + digits + " " + sign), text
        )
    }

    /// `   | text`.
    func bar(_ text: String = "") -> String { trimmed(palette.gutter(indent + " |"), text) }

    /// `  --> place` and `  ::: place`.
    func arrow(_ arrow: String, _ place: String) -> String { palette.gutter(indent + arrow) + " " + place }

    /// `   = text`; further lines of the text stand under its first.
    func note(_ kind: String, _ text: String) -> String {
        let lead = indent + " = "
        let inner = String(repeating: " ", count: lead.count + kind.count)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return palette.gutter(indent + " =") + " " + palette.message(kind) + lines.joined(separator: "\n" + inner)
    }

    private var indent: String { String(repeating: " ", count: width) }

    private func trimmed(_ margin: String, _ text: String) -> String {
        let end = text.lastIndex { $0 != " " }
        return end.map { margin + " " + text[...$0] } ?? margin
    }
}
