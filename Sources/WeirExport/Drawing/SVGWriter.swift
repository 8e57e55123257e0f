// SPDX-License-Identifier: Apache-2.0

/// Writes elements, a line each, with everything escaped.
struct SVGWriter {
    private(set) var output = ""

    mutating func open(_ name: String, _ attributes: [(String, String)]) {
        output += "<\(name)\(Self.list(attributes))>\n"
    }

    /// Begins a picture on a page of its own colour, with a title and a description for those who do not see it.
    mutating func openPicture(width: Double, height: Double, title: String, description: String, style: String) {
        let (width, height) = (Self.number(width), Self.number(height))
        open(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", width), ("height", height),
                ("viewBox", "0 0 \(width) \(height)"), ("role", "img"), ("aria-labelledby", "title desc"),
            ])
        element("title", [("id", "title")], title)
        element("desc", [("id", "desc")], description)
        element("style", [], style)
        element("rect", [("class", "page"), ("width", "100%"), ("height", "100%")])
    }

    mutating func close(_ name: String) { output += "</\(name)>\n" }

    /// An element without children; one without attributes and without a text is left out.
    mutating func element(_ name: String, _ attributes: [(String, String)], _ text: String = "") {
        guard !attributes.isEmpty || !text.isEmpty else { return }
        output +=
            text.isEmpty
            ? "<\(name)\(Self.list(attributes))/>\n"
            : "<\(name)\(Self.list(attributes))>\(Self.escaped(text))</\(name)>\n"
    }

    /// A text that takes the room it was measured for, whichever font a reader has; cut to the limit where it has one.
    mutating func text(
        _ text: String, x: Double, y: Double, size: Double, isBold: Bool = false, style: String, isAtEnd: Bool = false,
        limit: Double = Box.Measure.mostText
    ) {
        let kept = TextMetrics.fitted(text, size: size, within: limit, isBold: isBold)
        guard !kept.isEmpty else { return }
        let length = TextMetrics.width(kept, size: size, isBold: isBold)
        var attributes = [
            ("class", style), ("x", Self.number(x)), ("y", Self.number(y)), ("font-size", Self.number(size)),
            ("textLength", Self.number(length)), ("lengthAdjust", "spacingAndGlyphs"),
        ]
        if isBold { attributes.append(("font-weight", "600")) }
        if isAtEnd { attributes.append(("text-anchor", "end")) }
        element("text", attributes, kept)
    }

    static func frame(_ rectangle: DiagramLayout.Rectangle) -> [(String, String)] {
        [
            ("x", number(rectangle.x)), ("y", number(rectangle.y)), ("width", number(rectangle.width)),
            ("height", number(rectangle.height)),
        ]
    }

    /// A number with at most one digit behind the point.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
    }

    private static func list(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            // XML has no way to write control characters.
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result.unicodeScalars.append("\u{FFFD}")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
