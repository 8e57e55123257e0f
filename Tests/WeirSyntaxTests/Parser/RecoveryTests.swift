// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct RecoveryTests {
    @Test func `a misspelt keyword is repaired in the tree`() {
        let tree = parse("polcy p {\n  retry upp to 3 attmpts {\n    wait 5ms growing 2x upto 1s\n  }\n}\n")
        let policy = tree.statements.first { $0.form == .policy }
        let retry = policy?.statements.first { $0.form == .retry }
        #expect(retry?.value(.attempts) == nil || retry?.isDamaged == false)
        let wait = retry?.statements.first { $0.form == .wait }
        #expect(wait?.isDamaged == false)
        #expect(wait?.value(.upTo)?.duration() == .seconds(1))
        #expect(policy?.isDamaged == false)
    }

    @Test func `a missing brace is reported at the next declaration`() throws {
        let text = "policy a {\n  retry up to 3 attempts {\n    wait 5ms\npolicy b {\n  deadline 2s\n}\n"
        let tree = parse(text)
        #expect(tree.diagnostics.map(\.id) == [.unclosedBlock])
        let finding = try #require(tree.diagnostics.first)
        #expect(text.utf8.dropFirst(Int(finding.primary.range.start)).starts(with: "policy b".utf8))
        #expect(finding.helps.first?.edits.first?.replacement == "\n  }\n}")
        #expect(tree.statements.map(\.form) == [.policy, .policy])
    }

    @Test func `a statement in the first column of an indented block is no forgotten brace where braces balance`() {
        let tree = parse("policy p {\n  deadline 2s\nallow missing-load because \"old\"\n  timeout 1s\n}\n")
        #expect(tree.diagnostics.isEmpty)
        let policy = tree.statements.first { $0.form == .policy }
        #expect(policy.map { $0.statements.map(\.form) } == [.deadline, .allow, .timeout])
    }

    @Test func `a file without any indentation is read by its braces`() {
        let text = """
            environment e {
            let a = 2s
            policy p {
            retry up to 3 attempts {
            wait 5ms
            }
            }
            }
            policy q {
            deadline 2s
            }
            """
        let tree = parse(text)
        #expect(tree.diagnostics.isEmpty)
        #expect(tree.statements.map(\.form) == [.environment, .policy])
    }

    @Test func `a missing opening brace is taken as written when what follows is indented`() {
        let tree = parse("policy a\n  deadline 2s\n}\npolicy b {\n  deadline 3s\n}\n")
        #expect(tree.diagnostics.count == 1)
        #expect(tree.statements.map { Array($0.statements).count } == [1, 1])
    }

    @Test func `a statement of another block is told where it belongs`() {
        let tree = parse("policy p {\n  give up after 30s\n}\n")
        #expect(
            tree.diagnostics.map(\.message)
                == ["`give` belongs in a `bulkhead` block, in a `retry` block or in a `redeliver` block"])
    }

    @Test func `a setting given twice shows both places`() {
        let tree = parse("shared breaker b {\n  probe 2 calls\n  probe 3 calls\n}\n")
        #expect(tree.diagnostics.map(\.id) == [.repeatedSetting])
        #expect(tree.diagnostics.first?.secondary.count == 1)
    }

    @Test func `a step given twice is left to the compiler, which knows both forms`() {
        #expect(parse("policy p {\n  deadline 2s\n  deadline 3s\n}\n").diagnostics.isEmpty)
    }

    @Test func `steps that refer to different shared steps may stand together`() {
        let tree = parse("policy p {\n  limit a\n  limit b\n  breaker c\n  breaker\n}\n")
        #expect(tree.diagnostics.isEmpty)
    }

    @Test func `an unknown block is skipped whole, with one finding`() {
        let tree = parse("gateway g {\n  x {\n    y 1\n  }\n}\npolicy p {\n  deadline 2s\n}\n")
        #expect(tree.diagnostics.count == 1)
        #expect(tree.statements.map(\.form) == [.policy])
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "FETCH"])
    func `only the methods of the language are taken, in both forms`(method: String) {
        let expected: [DiagnosticID] = method == "FETCH" ? [.malformedValue] : []
        let tree = parse("service s {\n  operation o {\n    \(method) \"/orders\"\n  }\n}\n")
        #expect(tree.diagnostics.map(\.id) == expected)
        let twin = "services:\n  s:\n    operations:\n      o:\n        http: \(method) /orders\n"
        let source = SourceFile(path: "f.weir.yaml", form: .yaml, text: twin)
        #expect(SyntaxTree.parse(source).diagnostics.map(\.id) == expected)
    }

    @Test func `a damaged filter leaves the rest of its subscription whole`() {
        let tree = parse(
            "subscription s {\n  from orders matching \"#\"\n  where region = \"eu\"\n  through work\n  prefetch 4\n}\n"
        )
        #expect(tree.diagnostics.count == 1)
        let subscription = tree.statements.first { $0.form == .subscription }
        let forms = subscription?.statements.filter { !$0.isDamaged }.map(\.form)
        #expect(forms == [.from, .through, .prefetch])
    }

    @Test func `a name may be any keyword`() {
        let tree = parse("service retry {\n  operation when {\n    calls policy.deadline using timeout\n  }\n}\n")
        #expect(tree.diagnostics.isEmpty)
    }
}

@Suite struct SilentMistakeTests {
    @Test(arguments: [
        "policies:\n  \"\":\n    steps: [{ deadline: 2s }]\n",
        "policies:\n  p:\n    extends: q\n    steps:\n      - before: { step: retry }\n",
    ])
    func `a name or a list that is missing in YAML is reported once`(text: String) {
        let tree = SyntaxTree.parse(SourceFile(path: "f.weir.yaml", form: .yaml, text: text))
        #expect(tree.diagnostics.map(\.id) == [.expectedValue])
    }
}
