// SPDX-License-Identifier: Apache-2.0

/// The style sheet of a picture: light, and dark where the reader's screen is.
///
/// Each rule names its colour itself, because not every program that shows SVG knows CSS variables.
enum SVGStyle {
    static func text(kinds: Set<Diagram.Kind>) -> String {
        let used = Diagram.Kind.allCases.filter(kinds.contains)
        return """

            text{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif}
            .line{fill:none;stroke-width:1.4}
            .edge:hover .line{stroke-width:3}
            .uses .line,.dead-letters .line,.unguarded .line,.undoes .line{stroke-dasharray:5 4}
            .succeeds .line{stroke-width:2.4}
            .body,.chip{stroke-width:1.2}
            .external .body{stroke-dasharray:4 3}
            .head{fill-opacity:\(headOpacity)}
            \(rules(used, \.light))
            @media (prefers-color-scheme:dark){
            \(rules(used, \.dark))
            }

            """
    }

    /// How much of a kind's colour lies on the head of a frame.
    static let headOpacity = 0.08

    private static func rules(_ kinds: [Diagram.Kind], _ shade: KeyPath<Palette.Colour, String>) -> String {
        var rules = [
            ".page{fill:\(Palette.background[keyPath: shade])}",
            ".body,.chip{fill:\(Palette.surface[keyPath: shade])}",
            ".ink,.label{fill:\(Palette.text[keyPath: shade])}", ".faint{fill:\(Palette.faint[keyPath: shade])}",
            ".line,.chip{stroke:\(Palette.line[keyPath: shade])}", ".tip{fill:\(Palette.line[keyPath: shade])}",
        ]
        let marked: [(String, Palette.Colour)] = [
            ("call", Palette.accent(.policy)), ("unguarded", Palette.warning),
            ("extends", Palette.accent(.policy)), ("uses", Palette.accent(.sharedStep)),
            ("dead-letters", Palette.accent(.deadLetter)), ("publishes", Palette.accent(.event)),
            ("undoes", Palette.accent(.saga)),
            ("moves", Palette.accent(.route)),
        ]
        for (relation, colour) in marked {
            let colour = colour[keyPath: shade]
            rules.append(".\(relation) .chip{stroke:\(colour)}.\(relation) .label{fill:\(colour)}")
            guard relation != "call" else { continue }
            rules.append(".\(relation) .line{stroke:\(colour)}.\(relation) .tip{fill:\(colour)}")
        }
        for kind in kinds {
            let (name, colour) = (kind.rawValue, Palette.accent(kind)[keyPath: shade])
            rules.append(".\(name)>.body{stroke:\(colour)}.\(name)>.head,.\(name)>.name{fill:\(colour)}")
        }
        // Dates among the rows of a version.
        if kinds.contains(.version) {
            rules.append(".row.version .ink{fill:\(Palette.accent(.version)[keyPath: shade])}")
        }
        return rules.joined(separator: "\n")
    }
}
