// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirSyntax

@Suite struct MutationTests {
    private static let count = ProcessInfo.processInfo.environment["WEIR_MUTANTS"].flatMap { Int($0) } ?? 10_000
    private static let seed = ProcessInfo.processInfo.environment["WEIR_SEED"].flatMap { UInt64($0) } ?? 1

    @Test func `no mutant of a sample crashes, hangs or loses a byte`() throws {
        var random = SeededRandom(seed: Self.seed)
        let corpus = try SampleFiles.names.map { try SampleFiles.read($0, .weir).bytes }
        for _ in 0..<Self.count {
            var bytes = corpus[Int(random.next() % UInt64(corpus.count))]
            for _ in 0...random.next() % 3 { mutate(&bytes, &random) }
            let tree = SyntaxTree.parse(SourceFile(path: "a.weir", form: .weir, bytes: bytes))
            if let flaw = flaw(tree) {
                Issue.record("\(flaw), seed \(Self.seed): \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test func `a token that is missing damages its line once`() throws {
        for name in SampleFiles.names {
            let source = try SampleFiles.read(name, .weir)
            let lines = SourceLines(source.bytes)
            for token in Lexer.tokens(of: source.bytes) where token.length > 0 && token.kind != .newline {
                var bytes = source.bytes
                bytes.replaceSubrange(
                    Int(token.start)..<token.end, with: repeatElement(UInt8(ascii: " "), count: Int(token.length)))
                let tree = SyntaxTree.parse(SourceFile(path: source.path, form: .weir, bytes: bytes))
                let damaged = lines.line(of: Int(token.start))
                let places = tree.diagnostics.map { lines.line(of: Int($0.primary.range.start)) }
                #expect(places.count { $0 == damaged } <= 1, "\(name):\(damaged) without a token: \(tree.diagnostics)")
                #expect(Set(places).count == places.count, "\(name):\(damaged): a line has two findings")
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let tokens = Lexer.tokens(of: bytes)
        guard let one = tokens.randomElement(using: &random), let two = tokens.randomElement(using: &random) else {
            return
        }
        let range = Int(one.start)..<one.end
        let text = Array(bytes[range])
        switch random.next() % 6 {
        case 0: bytes.removeSubrange(range)
        case 1: bytes.insert(contentsOf: text, at: one.end)
        case 2:
            let (first, second) = one.start < two.start ? (one, two) : (two, one)
            guard first.end <= Int(second.start) else { return }
            let texts = (Array(bytes[Int(first.start)..<first.end]), Array(bytes[Int(second.start)..<second.end]))
            bytes.replaceSubrange(Int(second.start)..<second.end, with: texts.0)
            bytes.replaceSubrange(Int(first.start)..<first.end, with: texts.1)
        case 3 where !bytes.isEmpty: bytes.remove(at: Int(random.next() % UInt64(bytes.count)))
        case 4 where !bytes.isEmpty:
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next() % 128)
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: Int(one.start))
        }
    }

    /// What does not hold of a tree and must of every tree; nil where all does.
    private func flaw(_ tree: SyntaxTree) -> String? {
        var end = 0
        for token in tree.tokens {
            guard Int(token.start) >= end, token.end <= tree.text.count else { return "tokens overlap" }
            end = token.end
        }
        for node in tree.nodes {
            guard node.endToken > node.firstToken, Int(node.endToken) <= tree.tokens.count,
                Int(node.subtreeEnd) <= tree.nodes.count
            else { return "a node goes beyond the tree" }
        }
        for diagnostic in tree.diagnostics {
            guard Int(diagnostic.primary.range.end) <= tree.text.count, !diagnostic.message.isEmpty,
                !diagnostic.message.hasSuffix("."),
                diagnostic.helps.flatMap(\.edits).allSatisfy({ Int($0.range.end) <= tree.text.count })
            else { return "a finding is out of shape: \(diagnostic)" }
        }
        readAll(tree.statements)
        return nil
    }

    /// Reads every value as everything that it may be.
    private func readAll(_ statements: Statements) {
        for statement in statements {
            _ = statement.documentation
            for value in statement.allValues {
                _ = (value.duration(), value.rate(), value.ratio(), value.factor(), value.integer(), value.size())
                _ = (value.outcome(), value.window(), value.bound(), value.answer(), value.scopeSource())
                _ = (value.string(), value.secondsSince1970(), value.constantName, value.range)
            }
            readAll(statement.statements)
        }
    }
}
