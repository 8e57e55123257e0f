// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirCompiler
import WeirExport

/// The pictures of the reference policies: kept beside the documents, and equal to what is drawn now.
@Suite struct DiagramTests {
    static let names = ["calls", "events", "api", "extends"]

    static func diagram(_ name: String) throws -> Diagram {
        let compilation = try ReferencePolicyTests.text()
        let graph = try #require(compilation.graph())
        return switch name {
        case "calls": .calls(graph)
        case "events": .events(graph)
        case "api": .api(graph)
        default: .extends(graph, inheritance: compilation.inheritance)
        }
    }

    @Test(arguments: names, DiagramFormat.allCases)
    func `is what the policies make of it now`(name: String, format: DiagramFormat) throws {
        let made = try Self.diagram(name).text(format)
        #expect(try Self.diagram(name).text(format) == made, "the same policies are drawn in two ways")
        let ending = format == .mermaid ? "mmd" : format.rawValue
        let url = Repository.root.appending(path: "docs/reference/policies/\(name).\(ending)")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(made.utf8).write(to: url)
        }
        let kept = try String(contentsOf: url, encoding: .utf8)
        #expect(kept == made, "run `UPDATE_SNAPSHOTS=1 swift test --filter DiagramTests` and look at \(url.path)")
    }

    @Test(arguments: names) func `is read by Graphviz without a complaint`(name: String) throws {
        let run = try WeirProgram.shell("weir graph \(name) policies --format dot | dot -Tsvg | tail -n 1")
        #expect(run.status == 0 && run.output == "</svg>\n", "\(run.output)")
    }

    @Test(arguments: names) func `is well-formed XML and JSON`(name: String) throws {
        let script = "import sys, xml.dom.minidom as m; m.parse(sys.stdin)"
        let picture = try WeirProgram.shell("weir graph \(name) policies --format svg | python3 -c '\(script)'")
        #expect(picture.status == 0, "\(picture.output)")
        let document = try WeirProgram.shell("weir graph \(name) policies --format json | python3 -m json.tool")
        #expect(document.status == 0, "\(document.output)")
    }
}
