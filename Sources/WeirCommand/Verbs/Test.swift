// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirCompiler
import WeirSimulation

/// `weir test`: the `test` blocks, in virtual time, over the state machines that run in production.
struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the tests of policy files in virtual time.",
        discussion: """
            EXAMPLES
              weir test                               all tests of the workspace
              weir test policies --filter gateway     tests whose name holds a word
              weir test --trace --filter heals        one test, with everything that happened
            """)

    @OptionGroup var workspace: WorkspaceArguments

    @Option(help: ArgumentHelp("Run tests whose name matches.", valueName: "regex"))
    var filter: String?

    @Option(help: "What jitter is drawn from; the same seed gives the same run.")
    var seed = TestRunner.defaultSeed

    @Flag(help: "Show every event of every test that runs.")
    var trace = false

    @Flag(name: .shortAndLong, help: "Show the story of tests that pass, too.")
    var verbose = false

    func run() throws {
        let watch = Stopwatch()
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let tests = try selected(from: compiled.tests)
        guard !tests.isEmpty else {
            throw CommandError(
                compiled.tests.isEmpty
                    ? "there is no `test` block in these files" : "no test matches `\(filter ?? "")`")
        }
        var failed = 0
        for (number, test) in tests.enumerated() {
            progress(number, of: tests.count)
            if try !run(test, in: compiled.compilation) { failed += 1 }
        }
        clearProgress()
        Terminal.standardError.line("\(tests.count - failed) passed, \(failed) failed · \(watch.text)")
        if failed > 0 { throw ExitStatus.findings }
    }

    private func selected(from tests: [TestCase]) throws -> [TestCase] {
        guard let filter else { return tests }
        guard let regex = try? Regex(filter) else {  // The reason is about Swift's syntax, not about the person's text.
            throw CommandError("`\(filter)` is no regular expression")
        }
        return tests.filter { $0.name.contains(regex) }
    }

    private func run(_ test: TestCase, in compilation: Compilation) throws -> Bool {
        guard let graph = compilation.graph(environment: test.environment) else {
            throw CommandError("the test `\(test.name)` names no environment of these files")
        }
        let result = TestRunner.run(test, graph: graph, seed: seed)
        clearProgress()
        let style = Style(isColoured: Terminal.standardOutput.isColoured)
        for line in result.report(verbose: verbose) { Terminal.standardOutput.line(style.painted(line)) }
        if trace { for entry in result.trace { Terminal.standardOutput.line("    \(entry)") } }
        return result.passed
    }

    private func progress(_ number: Int, of count: Int) {
        guard Terminal.standardError.isInteractive, count > 1 else { return }
        Terminal.standardError.write("\r\u{1B}[Krunning test \(number + 1) of \(count)")
    }

    private func clearProgress() {
        if Terminal.standardError.isInteractive { Terminal.standardError.write("\r\u{1B}[K") }
    }
}

extension Style {
    /// A line of a test report in the colour of its kind.
    func painted(_ line: ReportLine) -> String {
        switch line.kind {
        case .passedTest, .held: good(line.text)
        case .failedTest, .broken: bad(line.text)
        case .transition: warning(line.text)
        case .fact: line.text
        case .story, .note: faint(line.text)
        }
    }
}
