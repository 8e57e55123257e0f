// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSimulation
import WeirSyntax

/// Whether the policies in the documents are what they say.
@Suite struct PolicyBlockTests {
    static let policies = FencedBlock.all(in: "policy")
    static let twins = FencedBlock.all(in: "yaml").filter { $0.words.contains("policy") }

    @Test func `the documents show policies`() { #expect(Self.policies.count > 10) }

    @Test(arguments: policies)
    func `is sound, or refused as it says`(block: FencedBlock) throws {
        let policy = PolicyBlock(block: block)
        let compilation = try policy.compile()
        let findings = compilation.diagnostics.filter { $0.severity == .error }
        guard let id = policy.refusedID else {
            for finding in findings {
                Issue.record("\(block.path):\(block.line): \(finding.id.path): \(finding.message)")
            }
            return
        }
        #expect(findings.contains { $0.id.path == id }, "\(findings.map(\.id.path))")
    }

    @Test(arguments: policies.filter { $0.words.contains("tested") })
    func `passes its own tests`(block: FencedBlock) throws {
        let compilation = try PolicyBlock(block: block).compile()
        #expect(!compilation.tests.isEmpty)
        for test in compilation.tests {
            let graph = try #require(compilation.graph(environment: test.environment))
            let result = TestRunner.run(test, graph: graph, seed: TestRunner.defaultSeed)
            #expect(result.passed, "\(test.name)\n\(result.report(verbose: true).map(\.text).joined(separator: "\n"))")
        }
    }

    @Test(arguments: twins)
    func `says the same as the policy before it`(twin: FencedBlock) throws {
        let before = Self.policies.last { $0.path == twin.path && $0.line < twin.line }
        let policy = try #require(before, "there is no policy block before it")
        let left = try #require(try PolicyBlock(block: policy).compile().graph())
        let compilation = try PolicyBlock(block: twin).compile()
        let findings = compilation.diagnostics.map { "\($0.id.path): \($0.message)" }
        let right = try #require(compilation.graph(), "\(findings)")
        #expect(left.canonicalJSON == right.canonicalJSON)
    }
}
