// SPDX-License-Identifier: Apache-2.0

/// The lines of one file that a diagnostic points at, with its labels under them.
struct SourceSnippet {
    let lines: SourceLines
    /// The labels of this file by line, lines in order.
    let labels: [(line: Int, labels: [(label: Diagnostic.Label, isPrimary: Bool)])]

    init(_ labels: [(label: Diagnostic.Label, isPrimary: Bool)], lines: SourceLines) {
        self.lines = lines
        self.labels = Dictionary(grouping: labels) { lines.line(of: Int($0.label.range.start)) }
            .sorted { $0.key < $1.key }.map { (line: $0.key, labels: $0.value) }
    }

    var lastLine: Int { labels.last?.line ?? 1 }

    /// The rows, top down; one line between two shown ones is shown too, more are left out.
    func rows(_ gutter: Gutter, _ rows: LabelRows) -> [String] {
        var result: [String] = []
        var previous: Int?
        for (number, labels) in labels {
            if let previous, number - previous == 2 {
                result.append(gutter.line(previous + 1, shown(previous + 1).text))
            } else if let previous, number - previous > 2 {
                result.append(gutter.bar())
            }
            let focus = labels.first(where: \.isPrimary) ?? labels[0]
            let line = shown(number, focus: Int(focus.label.range.start))
            result.append(gutter.line(number, line.text))
            let marks = labels.map { mark($0.label, isPrimary: $0.isPrimary, on: number, shownAs: line) }
            result += rows.rows(marks).map { gutter.bar($0) }
            previous = number
        }
        return result
    }

    private func shown(_ number: Int, focus: Int = 0) -> DisplayLine {
        let range = lines.range(ofLine: number)
        return DisplayLine(lines.bytes[range], focus: min(max(focus, range.lowerBound), range.upperBound))
    }

    /// A label's columns; one that goes on over the line's end is cut there, an empty one takes one column.
    private func mark(
        _ label: Diagnostic.Label, isPrimary: Bool, on number: Int, shownAs line: DisplayLine
    ) -> LabelRows.Mark {
        let end = min(Int(label.range.end), lines.range(ofLine: number).upperBound)
        let from = line.column(of: Int(label.range.start))
        let to = line.column(of: end)
        return LabelRows.Mark(
            columns: from..<max(to, from + 1), isPrimary: isPrimary, text: DisplayWidth.safe(label.text))
    }
}
