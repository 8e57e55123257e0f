// SPDX-License-Identifier: Apache-2.0

import WeirResilience
import WeirSyntax

/// Damages texts as slips of the hand, broken merges and hostile authors do.
enum Mutation {
    /// Longer mutants are cut, so that doubling what was doubled ends.
    private static let longest = 64 * 1024

    /// What readers of either form trip over.
    private static let pieces = [
        "[", "]", "{", "}", "(", ")", ":", ": ", "- ", "&a ", "*a", "<<: *a", "!!int ", "|\n", ">\n", "\"", "'", "#",
        "##",
        "%", "@", "$", "=", ",", ".", "..", "\t", "\n", "\r\n", "---\n", "...\n", "\0", "\u{FEFF}", "\u{85}", "ü",
        "\u{1F600}",
        "0", "2", "99999999999999999999", "true", "  ", "5s", "1.5x", "10%", "2026-02-30", "\n# lost?\n ",
    ].map { Array($0.utf8) }

    /// The text with one to four slips in it; some are taken from another text.
    static func mutant(of text: [UInt8], with other: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = text
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...3: slipOfToken(&bytes, &random)
            case 4...6: slipOfByte(&bytes, &random)
            case 7, 8: slipOfLine(&bytes, &random)
            default: splice(&bytes, other, &random)
            }
        }
        return bytes.count > longest ? Array(bytes[..<longest]) : bytes
    }

    /// Drops, doubles or swaps tokens.
    private static func slipOfToken(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let tokens = Lexer.tokens(of: bytes)
        guard let one = tokens.randomElement(using: &random), let two = tokens.randomElement(using: &random) else {
            return
        }
        let (first, second) = (Int(one.start)..<one.end, Int(two.start)..<two.end)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.removeSubrange(first)
        case 1: bytes.insert(contentsOf: bytes[first], at: second.upperBound)
        default:
            let (left, right) = first.lowerBound <= second.lowerBound ? (first, second) : (second, first)
            guard left.upperBound <= right.lowerBound else { return }
            let texts = (Array(bytes[left]), Array(bytes[right]))
            bytes.replaceSubrange(right, with: texts.0)
            bytes.replaceSubrange(left, with: texts.1)
        }
    }

    /// Drops, changes or puts in bytes.
    private static func slipOfByte(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        }
    }

    /// Drops, doubles, swaps or indents lines.
    private static func slipOfLine(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let (line, other) = (
            lines.indices.randomElement(using: &random) ?? 0, Int.random(in: 0..<lines.count, using: &random)
        )
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.remove(at: line)
        case 1: lines.insert(lines[line], at: other)
        case 2: lines.swapAt(line, other)
        default: lines[line] = [0x20, 0x20] + lines[line]
        }
        bytes = Array(lines.joined(separator: [0x0A]))
    }

    /// Puts some lines of another text between two lines.
    private static func splice(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SeededGenerator) {
        let lines = other.split(separator: 0x0A, omittingEmptySubsequences: false)
        let from = Int.random(in: 0..<lines.count, using: &random)
        let to = min(lines.count, from + Int.random(in: 1...8, using: &random))
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        let place = ends.randomElement(using: &random).map { $0 + 1 } ?? bytes.count
        bytes.insert(contentsOf: Array(lines[from..<to].joined(separator: [0x0A])), at: place)
    }
}
