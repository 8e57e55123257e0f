// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirCompiler
import WeirPolicy
import WeirSimulation
import WeirSyntax

/// Tests as people write them: the sixth sample of the language, compiled from both forms.
@Suite struct WrittenTests {
    static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "WeirSyntaxTests/Fixtures/samples")

    static func compile(_ form: SourceFile.Form) throws -> Compilation {
        let names = try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
        let files = try names.filter { SourceFile.Form(path: $0) == form }.map { name in
            SourceFile(path: name, form: form, bytes: [UInt8](try Data(contentsOf: samples.appending(path: name))))
        }
        return Compiler.compile(files: files)
    }

    @Test(arguments: [SourceFile.Form.weir, .yaml]) func `pass as the samples say`(form: SourceFile.Form) throws {
        let compilation = try Self.compile(form)
        #expect(compilation.tests.count == 6)
        for test in compilation.tests {
            let graph = try #require(compilation.graph(environment: test.environment))
            let result = TestRunner.run(test, graph: graph)
            #expect(result.passed, "\(result)")
        }
    }

    @Test func `list what each request got, and why, when a claim about requests fails`() throws {
        let compilation = try Self.compile(.weir)
        let empty = PolicyGraph(environment: nil, services: [], operations: [], policies: [])
        let test = try #require(compilation.tests.first { !$0.requests.isEmpty })
        let broken = TestRunner.run(test, graph: empty)
        #expect(!broken.passed)
        #expect(broken.problem?.hasPrefix("a request needs a date") == true)
        let graph = try #require(compilation.graph())
        let result = TestRunner.run(test, graph: graph)
        #expect(
            result.expectations.first?.explanation == [
                "1 request, each as expected",
                "  POST /v1/orders on 2026-06-01: status 200; v1, named by path \"/{version}/\", deprecated: "
                    + "shop.checkout.checkout.place-order-legacy",
            ])
    }

    @Test func `tell the same story in both forms`() throws {
        let stories = try [SourceFile.Form.weir, .yaml].map { form in
            let compilation = try Self.compile(form)
            return try compilation.tests.map { test in
                let graph = try #require(compilation.graph(environment: test.environment))
                return TestRunner.run(test, graph: graph, seed: 7).story.trace
            }
        }
        #expect(stories[0] == stories[1])
    }
}
