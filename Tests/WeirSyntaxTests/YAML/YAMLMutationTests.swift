// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirSyntax

@Suite struct YAMLMutationTests {
    /// A generator of the same numbers for the same seed (SplitMix64).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    private static let mutants = ProcessInfo.processInfo.environment["WEIR_MUTANTS"].flatMap(Int.init) ?? 10_000
    private static let pieces = [
        "[", "]", "{", "}", ":", ": ", "- ", "&a ", "*a", "<<: *a", "!!int ", "|\n", ">\n", "\"", "'", "#", "%", "@",
        "\t", "\n", "\r\n", "---\n", "...\n", "\0", "\u{FEFF}", "\u{85}", "ü", "\u{1F600}", "2", "true", "  ",
    ].map { Array($0.utf8) }

    @Test(arguments: YAMLSampleTests.names) func `reads whatever a sample turns into`(name: String) throws {
        let original = try YAMLSampleTests.bytes(of: name)
        for seed in 0..<Self.mutants / YAMLSampleTests.names.count {
            var generator = Generator(state: UInt64(seed))
            var bytes = original
            for _ in 0...Int.random(in: 0..<4, using: &generator) { mutate(&bytes, &generator) }
            check(YAMLReader.read(SourceFile(path: "a.weir.yaml", form: .yaml, bytes: bytes)), seed: seed)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout Generator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: place)
        case 3: bytes.removeSubrange(place..<end)
        case 4: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        default: mutateLines(&bytes, &generator)
        }
    }

    /// Drops, doubles, swaps or indents a line.
    private func mutateLines(_ bytes: inout [UInt8], _ generator: inout Generator) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        let line = Int.random(in: 0..<lines.count, using: &generator)
        let other = Int.random(in: 0..<lines.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: lines.remove(at: line)
        case 1: lines.insert(lines[line], at: other)
        case 2: lines.swapAt(line, other)
        default: lines[line] = [0x20, 0x20] + lines[line]
        }
        bytes = Array(lines.joined(separator: [0x0A]))
    }

    /// What holds of every tree: places within the file, nodes within their parents, findings in order and in bounds.
    private func check(_ tree: SyntaxTree, seed: Int) {
        let size = tree.source.bytes.count
        let isInside = tree.places.allSatisfy { $0.end <= size } && tree.tokens.allSatisfy { $0.end <= tree.text.count }
        let isNested = tree.nodes.indices.allSatisfy { index in
            let node = tree.nodes[index]
            return Int(node.subtreeEnd) > index && Int(node.subtreeEnd) <= tree.nodes.count
                && node.firstToken <= node.endToken && Int(node.endToken) <= tree.tokens.count
        }
        let areShown = tree.diagnostics.allSatisfy { finding in
            finding.primary.range.end <= size && finding.secondary.allSatisfy { $0.range.end <= size }
                && finding.helps.allSatisfy { $0.edits.allSatisfy { $0.range.end <= size } }
        }
        #expect(tree.places.count == tree.tokens.count, "seed \(seed)")
        #expect(isInside && isNested && areShown, "seed \(seed)")
        #expect(tree.diagnostics.count <= Limits.diagnosticsPerFile, "seed \(seed)")
        _ = NodeDump.text(tree)
    }
}
