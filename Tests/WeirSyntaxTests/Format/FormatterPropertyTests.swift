// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct FormatterPropertyTests {
    @Test(arguments: UInt64(1)...150) func `loses nothing of what the grammar derives`(seed: UInt64) throws {
        var deriver = SentenceDeriver(try EBNF.ofLanguage(), seed: seed, isWild: true)
        try expectSound(deriver.sentence(), "seed \(seed)")
    }

    @Test(arguments: try PolicyFiles.all(.weir)) func `brings scattered text back`(file: SourceFile) throws {
        var numbers = SeededNumbers(seed: 11)
        for round in 0..<5 {
            let scattered = Self.scatter(file, &numbers)
            try expectSound(scattered, "\(file.path), round \(round)")
        }
    }

    /// Formats, and compares all that is no spacing by means that the formatter does not use.
    private func expectSound(_ text: String, _ what: String) throws {
        let file = SourceFile(path: "a.weir", form: .weir, text: text)
        let before = SyntaxTree.parse(file)
        let after: SourceFile
        switch Formatter.format(before) {
        case .unchanged: after = file
        case .changed(let bytes): after = SourceFile(path: "a.weir", form: .weir, bytes: bytes)
        case .refused(let why):
            #expect(why.id == .unformattedFile, "\(what)\n\(text)")
            #expect(before.diagnostics.contains { $0.severity == .error }, "\(what)\n\(text)")
            return
        }
        #expect(Formatter.format(after) == .unchanged, "not idempotent: \(what)\n\(text)")
        let words = { (file: SourceFile) in file.bytes.filter { !" \t\r\n".utf8.contains($0) } }
        #expect(words(after) == words(file).dropMark, "\(what)\n\(text)")
        let tree = SyntaxTree.parse(after)
        #expect(tree.diagnostics.map(\.id) == before.diagnostics.map(\.id), "\(what)\n\(text)")
        #expect(Self.outline(tree.statements) == Self.outline(before.statements), "\(what)\n\(text)")
    }

    /// Statements with the texts of their values, by indentation.
    private static func outline(_ statements: Statements, depth: Int = 0) -> [String] {
        statements.flatMap { statement -> [String] in
            let values = statement.allValues.map { "\($0.slot)=\($0.text)" }.joined(separator: " ")
            let line = String(repeating: " ", count: depth) + "\(statement.form) \(values) \(statement.hasBlock)"
            return [line] + outline(statement.statements, depth: depth + 1)
        }
    }

    /// The same tokens with other spaces between them.
    private static func scatter(_ file: SourceFile, _ numbers: inout SeededNumbers) -> String {
        var text = ""
        for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        {
            text += String(
                repeating: Bool.random(using: &numbers) ? " " : "\t", count: Int.random(in: 0...5, using: &numbers))
            if !line.contains("\""), !line.contains("#") {
                let spaces = String(repeating: " ", count: Int.random(in: 1...4, using: &numbers))
                text += line.split(separator: " ").joined(separator: spaces)
            } else {
                text += line
            }
            text += String(repeating: " ", count: Int.random(in: 0...2, using: &numbers))
            text += Int.random(in: 0...4, using: &numbers) == 0 ? "\r\n\n\n" : "\n"
        }
        return text
    }
}

extension [UInt8] {
    fileprivate var dropMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self }
}
