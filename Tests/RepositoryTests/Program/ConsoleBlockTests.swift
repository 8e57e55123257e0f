// SPDX-License-Identifier: Apache-2.0

import Testing

/// Whether the commands in the documents do what the documents show.
///
/// In ```` ```console run ```` a line that begins with `$ ` is a command, the lines after it are what it prints. A line `…`
/// stands for any lines, `…` within a line for any text, and `# exits N` after a command for its exit code.
@Suite(.serialized) struct ConsoleBlockTests {
    static let blocks = (FencedBlock.all(in: "console") + FencedBlock.all(in: "sh")).filter { $0.words.contains("run") }

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
    func `prints what the document shows`(block: FencedBlock) throws {
        for command in Self.commands(of: block) {
            let result = try WeirProgram.shell(command.text)
            #expect(result.status == command.status, "\(block.path):\(block.line): \(command.text)\n\(result.output)")
            let shown = Self.ended(command.output)
            let printed = Self.ended(
                result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
            #expect(
                Self.matches(shown[...], printed[...]),
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
