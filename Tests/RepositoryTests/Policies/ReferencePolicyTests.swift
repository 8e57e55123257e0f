// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirCompiler
import WeirPolicy
import WeirSimulation
import WeirSyntax

/// The reference policies: sound, the same in both forms, formatted and tested.
@Suite struct ReferencePolicyTests {
    /// What the reference policies declare and no runtime enforces yet.
    static let declaredOnly: Set<String> = [
        "event-routing", "sagas", "audits", "chaos-profiles", "api-lifecycle",
    ]

    static let environments: [String?] = [nil, "development", "staging", "production"]

    /// The policy files of one form, with their paths below its root.
    static func files(in root: String, ending: String, without other: String? = nil) throws -> [SourceFile] {
        try Repository.files(below: root, ending: ending).compactMap { file in
            if let other, file.path.hasPrefix(other) { return nil }
            let path = String(file.path.dropFirst(root.count + 1))
            let form = try #require(SourceFile.Form(path: path))
            return SourceFile(path: path, form: form, bytes: Array(try Data(contentsOf: file.url)))
        }
    }

    static func compilation(_ files: [SourceFile]) -> Compilation {
        Compiler.compile(files.map { SyntaxTree.parse($0) }, options: CompilerOptions(rootIsKnown: true))
    }

    static func text() throws -> Compilation {
        compilation(try files(in: "policies", ending: ".weir", without: "policies/yaml"))
    }

    static func yaml() throws -> Compilation { compilation(try files(in: "policies/yaml", ending: ".weir.yaml")) }

    @Test func `every file has its twin`() {
        let text = Repository.files(below: "policies", ending: ".weir").map { $0.path.dropFirst("policies/".count) }
        let twins = Repository.files(below: "policies/yaml", ending: ".weir.yaml")
        #expect(text.map { "policies/yaml/\($0).yaml" } == twins.map(\.path))
    }

    @Test func `nothing is wrong with them`() throws {
        for compilation in [try Self.text(), try Self.yaml()] {
            let findings = compilation.diagnostics.map { "\($0.primary.file): \($0.id.path): \($0.message)" }
            #expect(findings.isEmpty)
            #expect(Set(compilation.unenforced.map(\.id)).isSubset(of: Self.declaredOnly))
            #expect(compilation.environments == ["development", "production", "staging"])
        }
    }

    @Test(arguments: environments)
    func `both forms mean the same, byte for byte`(environment: String?) throws {
        let text = try #require(try Self.text().graph(environment: environment))
        let yaml = try #require(try Self.yaml().graph(environment: environment))
        #expect(text.canonicalJSON == yaml.canonicalJSON)
        #expect(text.contentHash == yaml.contentHash)
    }

    @Test(arguments: environments)
    func `the longest way through each pipeline ends before its deadline`(environment: String?) throws {
        let graph = try #require(try Self.text().graph(environment: environment))
        for policy in graph.policies {
            let worst = WorstCase(policy.steps)
            let total = try #require(worst.total, "nothing bounds \(policy.name)")
            let deadline = try #require(worst.deadline, "\(policy.name) has no deadline")
            #expect(
                total <= deadline, "\(policy.name) may take \(total.weirText), its deadline is \(deadline.weirText)")
        }
    }

    @Test func `their tests pass, whatever the jitter`() throws {
        let compilation = try Self.text()
        #expect(!compilation.tests.isEmpty)
        for test in compilation.tests {
            let graph = try #require(compilation.graph(environment: test.environment))
            for seed in 0..<8 as Range<UInt64> {
                #expect(TestRunner.run(test, graph: graph, seed: seed).passed, "\(test.name), seed \(seed)")
            }
        }
    }

    @Test func `every call runs through a policy`() throws {
        let graph = try #require(try Self.text().graph())
        for operation in graph.operations {
            for call in operation.calls {
                #expect(call.policy != nil, "\(operation.name) calls \(call.callee) without one")
            }
        }
    }
}
