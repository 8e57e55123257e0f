// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSyntax

@Suite struct SampleTests {
    private static let samples = "Tests/WeirSyntaxTests/Fixtures/samples"
    /// What the samples are told: the one about events brings in a package that it does not need.
    private static let remarks = ["nothing in this file comes from `platform`"]

    @Test(arguments: [SourceFile.Form.weir, .yaml])
    func `the samples compile without an error`(form: SourceFile.Form) throws {
        let compilation = Compiler.compile(files: try Corpus.files(Self.samples, form: form))
        #expect(compilation.diagnostics.map(\.message) == Self.remarks)
        #expect(compilation.environments == ["production", "staging"])
    }

    @Test(arguments: [nil, "staging", "production"])
    func `both forms of the samples give the same bytes`(environment: String?) throws {
        let weir = Compiler.compile(files: try Corpus.files(Self.samples, form: .weir))
        let yaml = Compiler.compile(files: try Corpus.files(Self.samples, form: .yaml))
        let graph = try #require(weir.graph(environment: environment))
        let twin = try #require(yaml.graph(environment: environment))
        #expect(
            String(decoding: graph.canonicalJSON, as: UTF8.self) == String(decoding: twin.canonicalJSON, as: UTF8.self))
        #expect(graph.contentHash == twin.contentHash)
        #expect(
            weir.tests.map(\.expectations).map { $0.map(\.text) }
                == yaml.tests.map(\.expectations).map { $0.map(\.text) })
    }

    @Test(arguments: [nil, "staging", "production"])
    func `both forms of the reference policies give the same bytes`(environment: String?) throws {
        let weir = Compiler.compile(
            files: try Corpus.files("policies", form: .weir), options: CompilerOptions(rootIsKnown: true))
        let yaml = Compiler.compile(
            files: try Corpus.files("policies/yaml", form: .yaml), options: CompilerOptions(rootIsKnown: true))
        #expect(weir.listing == "")
        #expect(yaml.listing == "")
        guard environment.map({ weir.environments.contains($0) }) ?? true else { return }
        let graph = try #require(weir.graph(environment: environment))
        let twin = try #require(yaml.graph(environment: environment))
        #expect(graph.canonicalJSON == twin.canonicalJSON)
        #expect(graph == twin)
    }

    @Test(arguments: [nil, "staging", "production"])
    func `a graph loads back equal, with its places`(environment: String?) throws {
        let compilation = Compiler.compile(files: try Corpus.files(Self.samples, form: .weir))
        let graph = try #require(compilation.graph(environment: environment))
        let map = try SourceMap(canonicalJSON: SourceMap(graph).canonicalJSON)
        let loaded = try PolicyGraph(canonicalJSON: graph.canonicalJSON, places: map)
        #expect(loaded == graph)
        #expect(loaded.contentHash == graph.contentHash)
        #expect(loaded.policies.map(\.place) == graph.policies.map(\.place))
        #expect(loaded.policies.flatMap(\.steps).map(\.origins) == graph.policies.flatMap(\.steps).map(\.origins))
        #expect(SourceMap(loaded) == map)
    }

    @Test func `the steps of card-payments stand in the order that its layers say`() throws {
        let compilation = Compiler.compile(files: try Corpus.files(Self.samples, form: .weir))
        let name = QualifiedName(package: "shop.checkout", name: "card-payments")
        let policy = try #require(compilation.graph()?.policy(name))
        #expect(
            policy.steps.map(\.policy.kind) == [.fallback, .deadline, .bulkhead, .retry, .limit, .breaker, .timeout])
        #expect(policy.steps.compactMap(\.shared?.name) == ["acme-contract", "card-gateway"])
    }

    @Test(arguments: [
        (nil, "outbound", 1900, 2000), (nil, "card-payments", 1900, 2000), ("staging", "card-payments", 4300, 5000),
        (nil, "stock-reads", 440, 500),
    ])
    func `worst cases are the sums that the language paper states`(
        environment: String?, policy: String, total: Int, deadline: Int
    ) throws {
        let compilation = Compiler.compile(files: try Corpus.files(Self.samples, form: .weir))
        let name = try #require(compilation.policies(named: policy).first)
        let steps = try #require(compilation.graph(environment: environment)?.policy(name)?.steps)
        let worst = WorstCase(steps)
        #expect(worst.total == .milliseconds(total))
        #expect(worst.deadline == .milliseconds(deadline))
    }
}
