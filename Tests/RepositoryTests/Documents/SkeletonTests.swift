// SPDX-License-Identifier: Apache-2.0

import Testing

/// Whether pages of one kind have one skeleton.
@Suite struct SkeletonTests {
    static let strategyHeadings = ["About", "Usage", "Failure handling", "Defaults", "Telemetry", "Anti-patterns"]
    static let decisionHeadings = ["Context", "Decision", "Alternatives considered", "Consequences", "Sources"]

    static func headings(of file: Repository.File) throws -> [String] {
        var isCode = false
        var headings: [String] = []
        for line in try file.lines() {
            if line.hasPrefix("```") { isCode.toggle() }
            if !isCode, line.hasPrefix("## ") { headings.append(line.dropFirst(3).trimmed) }
        }
        return headings
    }

    @Test(arguments: Repository.files(below: "docs/strategies", ending: ".md"))
    func `a strategy is described under the same headings`(file: Repository.File) throws {
        #expect(try Self.headings(of: file) == Self.strategyHeadings)
    }

    @Test func `a recipe begins with a wish and is a whole policy`() throws {
        let file = Repository.File(path: "docs/recipes.md")
        let headings = try Self.headings(of: file)
        #expect(headings.count >= 12)
        #expect(headings.allSatisfy { $0.hasPrefix("I want ") })
        #expect(try FencedBlock.blocks(of: file).count { $0.language == "policy" } == headings.count)
    }

    @Test(
        arguments: Repository.files(below: "docs/decisions", ending: ".md").filter { !$0.path.hasSuffix("README.md") })
    func `a decision is recorded under the same headings`(file: Repository.File) throws {
        #expect(try Self.headings(of: file) == Self.decisionHeadings)
        let name = try #require(file.path.split(separator: "/").last)
        #expect(name.prefix(4).allSatisfy(\.isNumber) && name.dropFirst(4).first == "-", "name it NNNN-title.md")
        let lines = try file.lines()
        #expect(lines.first?.hasPrefix("# \(name.prefix(4)) ") == true, "begin with `# \(name.prefix(4)) Title`")
        #expect(lines.dropFirst().contains { $0.hasPrefix("Status: ") }, "say its status")
    }

    @Test func `decisions are numbered without gaps and stand in their list`() throws {
        let files = Repository.files(below: "docs/decisions", ending: ".md").filter { !$0.path.hasSuffix("README.md") }
        let list = try Repository.File(path: "docs/decisions/README.md").text()
        for (index, file) in files.enumerated() {
            let name = try #require(file.path.split(separator: "/").last)
            #expect(Int(name.prefix(4)) == index + 1)
            #expect(list.contains("(\(name))"), "docs/decisions/README.md does not list \(name)")
        }
    }

    @Test func `the changelog has what is not yet released on top`() throws {
        let headings = try Self.headings(of: Repository.File(path: "CHANGELOG.md"))
        #expect(headings.first == "Unreleased")
    }
}
