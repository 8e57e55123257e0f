// SPDX-License-Identifier: Apache-2.0

import Testing

/// A block between fences in a document.
///
/// The words after the fence say what a test does with it; `docs/README.md` explains them.
struct FencedBlock: Sendable, CustomTestStringConvertible {
    let path: String
    /// The line of the opening fence.
    let line: Int
    /// `policy`, `yaml`, `console`, `swift`, `sh`, …
    let language: String
    /// The other words after the fence.
    let words: [String]
    let text: String

    var testDescription: String { "\(path):\(line)" }

    /// The blocks of a document.
    static func blocks(of file: Repository.File) throws -> [FencedBlock] {
        var blocks: [FencedBlock] = []
        var open: (line: Int, words: [String], text: [Substring])?
        for (number, line) in try file.lines().enumerated() {
            guard line.hasPrefix("```") else {
                open?.text.append(line)
                continue
            }
            if let block = open {
                blocks.append(
                    FencedBlock(
                        path: file.path, line: block.line, language: block.words.first ?? "",
                        words: Array(block.words.dropFirst()), text: block.text.joined(separator: "\n") + "\n"))
                open = nil
            } else {
                open = (number + 1, line.dropFirst(3).split(separator: " ").map(String.init), [])
            }
        }
        return blocks
    }

    /// All blocks of all documents.
    static let all: [FencedBlock] = Repository.documents.flatMap { (try? blocks(of: $0)) ?? [] }

    static func all(in language: String) -> [FencedBlock] { all.filter { $0.language == language } }
}
