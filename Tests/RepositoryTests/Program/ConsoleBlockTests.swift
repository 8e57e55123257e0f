// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Whether the commands in the documents do what the documents show.
///
/// In ```` ```console run ```` a line that begins with `$ ` is a command, the lines after it are what it prints. A line `…`
/// stands for any lines, `…` within a line for any text, and `# exits N` after a command for its exit code. Where all blocks of
/// a document that say `apart` are run, one after the other, is a directory of their own; ```` ```weir file NAME ```` among them is
/// written there as that file.
@Suite(.serialized) struct ConsoleBlockTests {
    static let blocks = (FencedBlock.all(in: "console") + FencedBlock.all(in: "sh"))
        .filter { $0.words.contains("run") && !$0.words.contains("apart") }
    /// The documents whose blocks are run apart.
    static let stories = Set(FencedBlock.all.filter { $0.words.contains("apart") }.map(\.path)).sorted()

    /// A command with what it prints.
    struct Command {
        var text: String
        var status: Int32 = 0
        var output: [String] = []
    }

    static func commands(of block: FencedBlock) -> [Command] {
        var commands: [Command] = []
        for line in block.text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("$ ") else {
                if !commands.isEmpty { commands[commands.count - 1].output.append(String(line)) }
                continue
            }
            let parts = line.dropFirst(2).split(separator: "# exits ", maxSplits: 1)
            let status = parts.count == 2 ? Int32(parts[1].trimmed) : 0
            commands.append(Command(text: parts.first?.trimmed ?? "", status: status ?? 0))
        }
        return commands
    }

    @Test func `the documents show commands`() { #expect(!Self.blocks.isEmpty) }

    @Test(arguments: blocks)
    func `prints what the document shows`(block: FencedBlock) throws { try Self.run(block, in: Repository.root) }

    @Test(arguments: stories)
    func `a story runs from its beginning to its end`(path: String) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for block in FencedBlock.all where block.path == path {
            if block.words.contains("apart") {
                try Self.run(block, in: directory)
            } else if block.words.first == "file", let name = block.words.last {
                try Data(block.text.utf8).write(to: directory.appending(path: name))
            }
        }
    }

    private static func run(_ block: FencedBlock, in directory: URL) throws {
        for command in commands(of: block) {
            let result = try WeirProgram.shell(command.text, in: directory)
            #expect(result.status == command.status, "\(block.path):\(block.line): \(command.text)\n\(result.output)")
            let shown = ended(command.output)
            let printed = ended(
                result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
            #expect(
                matches(shown[...], printed[...]),
                "\(block.path):\(block.line): `\(command.text)` prints\n\(printed.joined(separator: "\n"))")
        }
    }

    /// Lines without the empty ones at the end.
    private static func ended(_ lines: [String]) -> [String] {
        Array(lines.reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed())
    }

    static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
        guard let first = shown.first else { return printed.isEmpty }
        if first.trimmed == "…" {
            if matches(shown.dropFirst(), printed) { return true }
            return !printed.isEmpty && matches(shown, printed.dropFirst())
        }
        guard let line = printed.first, matches(line: first, line) else { return false }
        return matches(shown.dropFirst(), printed.dropFirst())
    }

    private static func matches(line shown: String, _ printed: String) -> Bool {
        let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1, let head = parts.first, let tail = parts.last else { return shown == printed }
        guard printed.hasPrefix(head), printed.hasSuffix(tail) else { return false }
        var rest = printed.dropFirst(head.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= tail.count
    }
}
