// SPDX-License-Identifier: Apache-2.0

import Testing

/// Whether the modules keep to the table of `docs/architecture.md`.
@Suite struct ModuleTests {
    static let modules = modulesOnDisk()

    private static func modulesOnDisk() -> [String] {
        let files = Repository.files(below: "Sources", ending: ".swift")
        return Set(files.compactMap { $0.path.split(separator: "/").dropFirst().first.map(String.init) }).sorted()
    }

    /// The modules that a file imports.
    static func imports(of file: Repository.File) throws -> [(line: Int, module: String)] {
        let expression = try Regex(#"^(?:@\w+ )*(?:public |package |internal |private )?import (?:\w+ )?(\w+)"#)
        return try file.lines().enumerated().compactMap { number, line in
            guard let match = line.firstMatch(of: expression), let module = match.output[1].substring else {
                return nil
            }
            return (number + 1, String(module))
        }
    }

    @Test(arguments: modules)
    func `imports what its row allows, and nothing else`(module: String) throws {
        let row = try #require(
            ModuleTable.row(of: module), "give \(module) a row in ModuleTable and in docs/architecture.md")
        for file in Repository.files(below: "Sources/\(module)", ending: ".swift") {
            for (line, name) in try Self.imports(of: file) where !row.ours.contains(name) && !row.others.contains(name)
            {
                Issue.record("\(file.path):\(line): \(module) may not import \(name)")
            }
        }
    }

    @Test func `the table points down only`() {
        for row in ModuleTable.rows {
            for name in row.ours {
                guard let other = ModuleTable.row(of: name) else { continue }
                #expect(other.layer < row.layer, "\(row.name) imports \(name), which is not below it")
            }
        }
    }

    @Test(arguments: modules)
    func `has its row in the document, with the same arrows`(module: String) throws {
        let row = try #require(ModuleTable.row(of: module))
        let lines = try Repository.File(path: "docs/architecture.md").lines()
        let found = lines.first { $0.hasPrefix("| \(row.layer) | `\(module)` |") }
        let line = try #require(found, "docs/architecture.md has no row `| \(row.layer) | `\(module)` |`")
        let cells = line.split(separator: "|").map(\.trimmed)
        try #require(cells.count >= 3)
        let words = cells[2].split(separator: ",").map(\.trimmed).filter { $0 != "–" }
        let named = Set(words.map { $0 == "Weir" ? "Weir" : "Weir" + $0 })
        #expect(named == row.ours.filter { $0.hasPrefix("Weir") }, "the row of \(module) names other imports")
    }
}
