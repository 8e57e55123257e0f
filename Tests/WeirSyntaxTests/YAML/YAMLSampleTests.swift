// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirSyntax

@Suite struct YAMLSampleTests {
    static let names = ["platform", "checkout", "environments", "order-events", "checkout.test"]
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/samples")

    static func bytes(of name: String, form: String = "weir.yaml") throws -> [UInt8] {
        try [UInt8](Data(contentsOf: samples.appending(path: "\(name).\(form)")))
    }

    @Test(arguments: names) func `gives the nodes that the language's own text gives`(name: String) throws {
        let yaml = YAMLReader.read(
            SourceFile(path: "\(name).weir.yaml", form: .yaml, bytes: try Self.bytes(of: name)))
        let weir = WeirParser.parse(
            SourceFile(path: "\(name).weir", form: .weir, bytes: try Self.bytes(of: name, form: "weir")))
        #expect(yaml.diagnostics.map(\.message) == [])
        #expect(NodeDump.text(yaml) == NodeDump.text(weir))
        #expect(documentation(yaml) == documentation(weir))
    }

    @Test func `gives the nodes of every reference policy's other form`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../policies")
        let twins = FileManager.default.enumerator(at: folder.appending(path: "yaml"), includingPropertiesForKeys: nil)
        var count = 0
        while let file = twins?.nextObject() as? URL {
            guard file.path.hasSuffix(".weir.yaml") else { continue }
            let parts = file.pathComponents.suffix(2)
            let text = folder.appending(path: parts.joined(separator: "/").replacing(".weir.yaml", with: ".weir"))
            let yaml = YAMLReader.read(
                SourceFile(path: file.lastPathComponent, form: .yaml, bytes: [UInt8](try Data(contentsOf: file))))
            let weir = WeirParser.parse(
                SourceFile(path: text.lastPathComponent, form: .weir, bytes: [UInt8](try Data(contentsOf: text))))
            #expect(yaml.diagnostics.map(\.message) == [], "\(file.lastPathComponent)")
            #expect(NodeDump.text(yaml) == NodeDump.text(weir), "\(file.lastPathComponent)")
            count += 1
        }
        #expect(count > 10)
    }

    private func documentation(_ tree: SyntaxTree) -> [String] {
        var found: [String] = []
        for statement in tree.statements {
            if let text = statement.documentation { found.append("\(statement.form): \(text)") }
        }
        return found.sorted()
    }
}
