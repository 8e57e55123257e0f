// SPDX-License-Identifier: Apache-2.0

/// How wide a text is in Helvetica and the fonts made to its measures (Arial, Liberation Sans, Nimbus Sans).
enum TextMetrics {
    /// The advance widths of the characters from space to tilde, in thousandths of the font's size.
    private static let advances: [Int] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,  // space to slash
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,  // 0 to ?
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  // @ to O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  // P to _
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  // ` to o
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,  // p to ~
    ]

    /// The width of a text in pixels.
    static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
        let thousandths = text.unicodeScalars.reduce(0) { $0 + advance($1) }
        return Double(thousandths) * size / 1000 * (isBold ? 1.07 : 1)
    }

    /// The longest beginning of a text that fits, with an ellipsis where something is left out.
    static func fitted(_ text: String, size: Double, within limit: Double, isBold: Bool = false) -> String {
        guard width(text, size: size, isBold: isBold) > limit else { return text }
        var kept = Substring(text)
        while !kept.isEmpty, width(kept + "…", size: size, isBold: isBold) > limit { kept = kept.dropLast() }
        return kept + "…"
    }

    private static func advance(_ scalar: Unicode.Scalar) -> Int {
        let index = Int(scalar.value) - 0x20
        if advances.indices.contains(index) { return advances[index] }
        switch scalar {
        case "·": return 278
        case "…", "→", "×": return 1000
        default: return scalar.value < 0x2E80 ? 620 : 1000
        }
    }
}
