// SPDX-License-Identifier: Apache-2.0

/// How the lines of a file look once a help is carried out: `~` under what was replaced, `+` under or beside what was added.
struct EditPreview {
    /// A line to show, with what stands under it.
    struct Row {
        let number: Int
        let sign: String
        let text: String
        var markers = ""
    }

    /// The longest preview, in lines.
    private static let mostRows = 8

    private(set) var rows: [Row] = []
    private(set) var isCut = false

    /// The preview of edits in one file; empty when they do not fit the file.
    init(_ edits: [Diagnostic.Edit], in file: SourceFile, lines: SourceLines) {
        guard let first = edits.first, first.file == file.path, EditApplier.apply(edits, to: file) != nil else {
            return
        }
        var shift = 0
        for group in Self.groups(EditApplier.inOrder(edits, file: file.path), lines) {
            let change = Change(group, file, lines)
            append(change, firstLine: change.firstLine + shift)
            shift += change.new.count - change.old.count
        }
        isCut = rows.count > Self.mostRows
        rows = Array(rows.prefix(Self.mostRows))
    }

    private mutating func append(_ change: Change, firstLine: Int) {
        if change.old.count == 1, change.new.count == 1 {
            if change.isDeletion {
                rows.append(Row(number: firstLine, sign: "-", text: change.shown(change.old[0]).text))
                let rest = change.shown(change.new[0]).text
                if rest.contains(where: { $0 != " " }) { rows.append(Row(number: firstLine, sign: "+", text: rest)) }
            } else {
                let line = change.shown(change.new[0], focus: change.marks.first?.bytes.lowerBound ?? 0)
                rows.append(Row(number: firstLine, sign: "|", text: line.text, markers: change.markers(in: line)))
            }
            return
        }
        var (old, new) = (change.old[...], change.new[...])
        var number = firstLine
        var context: [UInt8]?
        while let line = old.first, line == new.first {
            context = line
            (old, new) = (old.dropFirst(), new.dropFirst())
            number += 1
        }
        var after: [UInt8]?
        while let line = old.last, line == new.last {
            after = line
            (old, new) = (old.dropLast(), new.dropLast())
        }
        if let line = old.first, let extended = new.first, extended.starts(with: line) {
            context = extended
            (old, new) = (old.dropFirst(), new.dropFirst())
            number += 1
        }
        if let context { rows.append(Row(number: number - 1, sign: "|", text: change.shown(context).text)) }
        for (offset, line) in old.enumerated() {
            rows.append(Row(number: number + offset, sign: "-", text: change.shown(line).text))
        }
        for (offset, line) in new.enumerated() {
            rows.append(Row(number: number + offset, sign: "+", text: change.shown(line).text))
        }
        if context == nil, let after {
            rows.append(Row(number: number + new.count, sign: "|", text: change.shown(after).text))
        }
    }

    /// Edits that touch the same lines, together.
    private static func groups(_ edits: [Diagnostic.Edit], _ lines: SourceLines) -> [[Diagnostic.Edit]] {
        var groups: [[Diagnostic.Edit]] = []
        var lastLine = 0
        for edit in edits {
            if lines.line(of: Int(edit.range.start)) <= lastLine, !groups.isEmpty {
                groups[groups.count - 1].append(edit)
            } else {
                groups.append([edit])
            }
            lastLine = lines.line(of: Int(edit.range.end))
        }
        return groups
    }
}

extension EditPreview {
    /// Neighbouring lines before and after their edits.
    private struct Change {
        /// What an edit left in the new text: bytes from the first line's start, added or put in place of others.
        struct Mark {
            let bytes: Range<Int>
            let isAddition: Bool
        }

        let firstLine: Int
        private(set) var old: [[UInt8]] = []
        private(set) var new: [[UInt8]] = []
        private(set) var marks: [Mark] = []
        let isDeletion: Bool

        init(_ edits: [Diagnostic.Edit], _ file: SourceFile, _ lines: SourceLines) {
            let from = edits.first.map { Int($0.range.start) } ?? 0
            let to = edits.last.map { Int($0.range.end) } ?? 0
            firstLine = lines.line(of: from)
            let start = lines.range(ofLine: firstLine).lowerBound
            let end = lines.range(ofLine: lines.line(of: to)).upperBound
            isDeletion = edits.allSatisfy(\.replacement.isEmpty)
            var text: [UInt8] = []
            var position = start
            for edit in edits {
                text += file.bytes[position..<Int(edit.range.start)]
                marks.append(Self.mark(edit, file, at: text.count))
                text += edit.replacement.utf8
                position = Int(edit.range.end)
            }
            text += file.bytes[position..<max(end, position)]
            old = Self.split(file.bytes[start..<max(end, position)])
            new = Self.split(text[...])
        }

        func shown(_ line: [UInt8], focus: Int = 0) -> DisplayLine {
            DisplayLine(line[...], focus: min(focus, line.count))
        }

        func markers(in line: DisplayLine) -> String {
            var row = ""
            for mark in marks where !mark.bytes.isEmpty {
                let (from, to) = (line.column(of: mark.bytes.lowerBound), line.column(of: mark.bytes.upperBound))
                row += String(repeating: " ", count: max(from - row.count, 0))
                row += String(repeating: mark.isAddition ? "+" : "~", count: max(to - from, 1))
            }
            return row
        }

        /// An edit that keeps what it replaces and adds to it is an addition.
        private static func mark(_ edit: Diagnostic.Edit, _ file: SourceFile, at start: Int) -> Mark {
            let replaced = file.bytes[Int(edit.range.start)..<Int(edit.range.end)]
            let new = Array(edit.replacement.utf8)
            let bytes = start..<start + new.count
            if replaced.isEmpty { return Mark(bytes: bytes, isAddition: true) }
            if new.starts(with: replaced) {
                return Mark(bytes: bytes.lowerBound + replaced.count..<bytes.upperBound, isAddition: true)
            }
            if new.reversed().starts(with: replaced.reversed()) {
                return Mark(bytes: bytes.lowerBound..<bytes.upperBound - replaced.count, isAddition: true)
            }
            return Mark(bytes: bytes, isAddition: false)
        }

        private static func split(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
            text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
                Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            }
        }
    }
}
