// SPDX-License-Identifier: Apache-2.0

/// Writes the difference of two texts in the unified format that `patch` and `git apply` read.
public struct UnifiedDiff {
    private let old: [ArraySlice<UInt8>]
    private let new: [ArraySlice<UInt8>]
    private let context: Int

    /// A line of a hunk: common, of the old text or of the new one.
    private enum Line {
        case common(Int, Int)
        case removed(Int)
        case added(Int)
    }

    /// The difference, with at least one line of context around each change; empty when the texts are equal.
    public static func text(from old: [UInt8], to new: [UInt8], path: String, context: Int = 3) -> String {
        guard old != new else { return "" }
        let diff = UnifiedDiff(old: lines(old), new: lines(new), context: max(context, 1))
        return "--- a/\(path)\n+++ b/\(path)\n" + diff.hunks().map(diff.text).joined()
    }

    /// Lines with their ends, so that a missing last line feed is a difference.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            lines.append(bytes[start...index])
            start = index + 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    private func script() -> [Line] {
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        let number = { (line: ArraySlice<UInt8>) -> Int in
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        let pairs = LineMatching.pairs(old: old.map(number), new: new.map(number))
        var script: [Line] = []
        var (from, newFrom) = (0, 0)
        for pair in pairs + [(old.count, new.count)] {
            script += (from..<pair.old).map(Line.removed)
            script += (newFrom..<pair.new).map(Line.added)
            if pair.old < old.count { script.append(.common(pair.old, pair.new)) }
            (from, newFrom) = (pair.old + 1, pair.new + 1)
        }
        return script
    }

    /// The changes with their context; changes whose contexts touch stand in one hunk.
    private func hunks() -> [ArraySlice<Line>] {
        let script = script()
        var ranges: [Range<Int>] = []
        for (index, line) in script.enumerated() {
            if case .common = line { continue }
            let range = max(index - context, 0)..<min(index + context + 1, script.count)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges.map { script[$0] }
    }

    private func text(_ hunk: ArraySlice<Line>) -> String {
        var body = ""
        var (olds, news): ([Int], [Int]) = ([], [])
        for line in hunk {
            switch line {
            case .common(let index, let other):
                olds.append(index)
                news.append(other)
                body += shown(" ", old[index])
            case .removed(let index):
                olds.append(index)
                body += shown("-", old[index])
            case .added(let index):
                news.append(index)
                body += shown("+", new[index])
            }
        }
        return "@@ -\(span(olds)) +\(span(news)) @@\n" + body
    }

    /// `first,count` of the lines of one side; with context only an empty text has none.
    private func span(_ lines: [Int]) -> String {
        guard let first = lines.first else { return "0,0" }
        return lines.count == 1 ? "\(first + 1)" : "\(first + 1),\(lines.count)"
    }

    private func shown(_ sign: String, _ line: ArraySlice<UInt8>) -> String {
        let text = sign + String(decoding: line, as: UTF8.self)
        return line.last == UInt8(ascii: "\n") ? text : text + "\n\\ No newline at end of file\n"
    }
}
