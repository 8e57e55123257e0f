// SPDX-License-Identifier: Apache-2.0

/// The rows under a source line: carets and dashes, the rightmost label beside them, the others hanging below on bars.
struct LabelRows {
    /// A label's columns in the line, counted from 0.
    struct Mark {
        let columns: Range<Int>
        let isPrimary: Bool
        let text: String
    }

    let palette: Palette
    let severity: Diagnostic.Severity

    private struct Cell {
        var character: Character = " "
        var isPrimary = false
    }

    /// The rows for the labels of one line, top down.
    func rows(_ marks: [Mark]) -> [String] {
        let ordered = marks.sorted {
            ($0.columns.lowerBound, $0.columns.upperBound) < ($1.columns.lowerBound, $1.columns.upperBound)
        }
        let lastEnd = ordered.map(\.columns.upperBound).max() ?? 0
        var hanging = ordered.filter { !$0.text.isEmpty }
        var row = cells(upTo: lastEnd)
        for mark in ordered.sorted(by: { !$0.isPrimary && $1.isPrimary }) {
            for column in mark.columns {
                row[column] = Cell(character: mark.isPrimary ? "^" : "-", isPrimary: mark.isPrimary)
            }
        }
        var rows = [painted(row)]
        if let last = hanging.last, last.columns.upperBound == lastEnd {
            rows[0] += " " + painted(last.text, isPrimary: last.isPrimary)
            hanging.removeLast()
        }
        guard !hanging.isEmpty else { return rows }
        rows.append(painted(bars(for: hanging[...])))
        while let mark = hanging.popLast() {
            let left = hanging.filter { $0.columns.lowerBound < mark.columns.lowerBound }
            var row = bars(for: left[...])
            row += Array(repeating: Cell(), count: mark.columns.lowerBound - row.count)
            rows.append(painted(row) + painted(mark.text, isPrimary: mark.isPrimary))
        }
        return rows
    }

    private func cells(upTo count: Int) -> [Cell] { Array(repeating: Cell(), count: count) }

    private func bars(for marks: ArraySlice<Mark>) -> [Cell] {
        var row = cells(upTo: (marks.map(\.columns.lowerBound).max() ?? -1) + 1)
        for mark in marks { row[mark.columns.lowerBound] = Cell(character: "|", isPrimary: mark.isPrimary) }
        return row
    }

    /// A row as text, neighbouring cells of one colour painted together.
    private func painted(_ row: [Cell]) -> String {
        var text = ""
        var rest = row[...]
        while let first = rest.first {
            let run = rest.prefix {
                ($0.character == " ") == (first.character == " ") && $0.isPrimary == first.isPrimary
            }
            let characters = String(run.map(\.character))
            text += first.character == " " ? characters : painted(characters, isPrimary: first.isPrimary)
            rest = rest[run.endIndex...]
        }
        return text
    }

    private func painted(_ text: String, isPrimary: Bool) -> String {
        isPrimary ? palette.severity(severity, text) : palette.secondary(text)
    }
}
