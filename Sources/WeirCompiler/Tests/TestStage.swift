// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Resolves the names in `test` blocks.
struct TestStage {
    let names: NameResolver

    private var files: FileTable { names.workspace.files }

    func run() -> [TestCase] {
        let environments = names.workspace.environments
        return names.workspace.tests.compactMap { resolve($0, environments) }
    }

    private func resolve(_ declared: Declared, _ environments: [String]) -> TestCase? {
        let reader = TestReader(names: names, file: declared.file, environment: environment(of: declared, environments))
        var starting: Int64?
        var given: [TestCase.Given] = []
        var stimuli: [TestCase.Stimulus] = []
        var publications: [TestCase.Publication] = []
        var requests: [TestCase.Request] = []
        var expectations: [TestCase.Expectation] = []
        var calls = 0
        var claims = 0
        for statement in declared.statement.statements {
            switch statement.form {
            case .starting: starting = statement.value(.starting)?.secondsSince1970()
            case .given: if let behaviour = reader.given(statement) { given.append(behaviour) }
            case .whenCalls:
                calls += 1
                if let stimulus = reader.stimulus(statement) { stimuli.append(stimulus) }
            case .whenRequest:
                calls += 1
                if let request = reader.request(statement) { requests.append(request) }
            case .whenEvent:
                calls += 1
                if let publication = reader.publication(statement) { publications.append(publication) }
            case .then:
                claims += 1
                if let expectation = reader.expectation(statement) { expectations.append(expectation) }
            default: break
            }
        }
        reportEmpty(declared, calls: calls, claims: claims)
        guard !declared.statement.isDamaged, let name = declared.statement.value(.name)?.string() else { return nil }
        return TestCase(
            name: name, package: names.workspace.packages[declared.package].path, environment: reader.environment,
            starting: starting, given: given, stimuli: stimuli, publications: publications, requests: requests,
            expectations: expectations,
            place: files.place(declared.nameRange, in: declared.file))
    }

    private func environment(of declared: Declared, _ environments: [String]) -> String? {
        let statement = declared.statement.statements.first { $0.form == .inEnvironment }
        guard let value = statement?.value(.environment), !value.isDamaged else { return nil }
        if environments.contains(value.text) { return value.text }
        names.findings.report(
            UnknownName(kind: "environment", name: value.text, candidates: environments)
                .diagnostic(at: files.label(value.range, in: declared.file)))
        return nil
    }

    private func reportEmpty(_ declared: Declared, calls: Int, claims: Int) {
        guard !declared.statement.isDamaged, calls == 0 || claims == 0 else { return }
        let missing = claims == 0 ? "a `then`" : "a `when`"
        let fact = claims == 0 ? "claims nothing, so it cannot fail" : "makes no call, so nothing happens in it"
        names.findings.report(
            Diagnostic(
                .testAssertsNothing, "this test \(fact)",
                at: files.label(declared.nameRange, in: declared.file, "has no \(missing.dropFirst(2))"),
                helps: [Diagnostic.Help("add \(missing)")]))
    }
}
