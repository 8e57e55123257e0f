// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSyntax

@testable import WeirAnalysis

@Suite struct ExplanationTests {
    static let text = """
        edition 1

        defaults {
          retry {
            wait 100ms growing 2x up to 1s with full jitter
          }
        }

        policy base {
          deadline 2s
          retry up to 3 attempts
          timeout 500ms
        }

        policy child extends base {
          timeout 600ms
        }

        environment staging {
          policy child {
            timeout 700ms
          }
        }

        service shop {
          operation buy {
            GET "/buy"
            calls bank.pay 2 times using child
          }
        }

        service bank {
          operation pay {
            POST "/pay"
            load 10/s
            latency 20ms typical, 80ms p99
          }
        }

        """

    private func explanation(environment: String? = nil) throws -> PolicyExplanation {
        let file = SourceFile(path: "shop.weir", form: .weir, text: Self.text)
        let compilation = Compiler.compile(files: [file])
        let graph = try #require(compilation.graph(environment: environment))
        let policy = try #require(graph.policy(QualifiedName(package: "", name: "child")))
        return PolicyExplanation(policy, in: graph)
    }

    @Test func `names the place of each rule that trips a breaker`() throws {
        let text = """
            policy card {
              breaker {
                trip at 50% failing
                trip after 5 failures in a row
              }
            }

            """
        let graph = try #require(
            Compiler.compile(files: [SourceFile(path: "card.weir", form: .weir, text: text)]).graph(environment: nil))
        let policy = try #require(graph.policy(QualifiedName(package: "", name: "card")))
        let trips = PolicyExplanation(policy, in: graph).lines.filter { $0.text.hasPrefix("trip") }
        #expect(trips.map(\.origin) == ["policy card, card.weir:3", "policy card, card.weir:4"])
    }

    @Test(arguments: [
        ("deadline 2s", "policy base, shop.weir:10"), ("timeout 600ms", "policy child, shop.weir:16"),
        ("wait 100ms growing 2x up to 1s with full jitter", "defaults, shop.weir:5"),
    ])
    func `every value names the layer and the line that set it`(words: String, origin: String) throws {
        let line = try #require(try explanation().lines.first { $0.text == words })
        #expect(line.origin == origin)
    }

    @Test(arguments: [
        ("retry up to 2 attempts", "policy partner, partner.weir:6"),
        ("bulkhead 9 calls", "policy partner, partner.weir:7"),
        ("limit contract (200/s)", "shared contract, partner.weir:1"),
        ("wait up to 50ms", "shared contract, partner.weir:2"),
        ("hedge after 90ms up to 2 calls", "policy partner, partner.weir:9"),
    ])
    func `the value of a head line has its layer and its line, too`(words: String, origin: String) throws {
        let text = """
            shared limit contract 200/s {
              wait up to 50ms
            }

            policy partner {
              retry up to 2 attempts
              bulkhead 9 calls
              limit contract
              hedge after 90ms up to 2 calls
            }

            """
        let file = SourceFile(path: "partner.weir", form: .weir, text: text)
        let graph = try #require(Compiler.compile(files: [file]).graph())
        let policy = try #require(graph.policy(QualifiedName(package: "", name: "partner")))
        let line = try #require(PolicyExplanation(policy, in: graph).lines.first { $0.text == words })
        #expect(line.origin == origin)
    }

    @Test func `an engine default is said to be one`() throws {
        let line = try #require(try explanation().lines.first { $0.text.hasPrefix("honour retry-after") })
        #expect(line.isDefault)
        #expect(line.origin == "default")
    }

    @Test func `an environment's value names the environment`() throws {
        let line = try #require(try explanation(environment: "staging").lines.first { $0.text == "timeout 700ms" })
        #expect(line.origin.hasPrefix("environment staging"))
    }

    @Test func `a value that an environment's constant gives names the environment and its line`() throws {
        let text = """
            let budget = 2s

            policy child {
              deadline $budget
            }

            environment staging {
              let budget = 5s
            }

            """
        let file = SourceFile(path: "shop.weir", form: .weir, text: text)
        let compilation = Compiler.compile(files: [file])
        let origins = try [nil, "staging"].map { environment in
            let graph = try #require(compilation.graph(environment: environment))
            let policy = try #require(graph.policy(QualifiedName(package: "", name: "child")))
            return try #require(PolicyExplanation(policy, in: graph).lines.first).origin
        }
        #expect(origins == ["policy child, shop.weir:4", "environment staging, shop.weir:8"])
    }

    @Test func `the worst case is a sum that a person can check`() throws {
        #expect(
            try explanation().worstCase == [
                "waits (100ms + 200ms) + attempts 3 × 600ms = 2s100ms",
                "100ms more than the 2s deadline, which cuts it off",
            ])
    }

    @Test func `a policy says whose calls run through it`() throws {
        #expect(try explanation().usedBy == ["shop.buy → bank.pay"])
    }

    @Test func `an operation says what it calls and who calls it`() throws {
        let file = SourceFile(path: "shop.weir", form: .weir, text: Self.text)
        let graph = try #require(Compiler.compile(files: [file]).graph())
        let pay = try #require(graph.operation(QualifiedName(package: "", name: "bank.pay")))
        let explanation = OperationExplanation(pay, in: graph)
        #expect(explanation.facts.contains("not safe to repeat"))
        #expect(explanation.callers == ["shop.buy 2 times through child"])
    }
}

@Suite struct TimelineTests {
    private func steps(attempts: Int, timeout: Duration, deadline: Duration) throws -> [PipelineStep] {
        [
            PipelineStep(.deadline(try DeadlinePolicy(total: deadline))),
            PipelineStep(
                .retry(try RetryPolicy(attempts: attempts, backoff: .constant(.milliseconds(100)), jitter: .none))),
            PipelineStep(.timeout(try TimeoutPolicy(limit: timeout))),
        ]
    }

    @Test func `draws attempts and waits to scale under the deadline`() throws {
        let steps = try steps(attempts: 2, timeout: .milliseconds(400), deadline: .seconds(1))
        let timeline = try #require(Timeline(steps))
        #expect(timeline.drawing(width: 20) == ["████████··████████", "                   ↑ deadline 1s"])
    }

    @Test func `names the attempts that can never start`() throws {
        let timeline = try #require(
            Timeline(try steps(attempts: 4, timeout: .milliseconds(800), deadline: .seconds(2))))
        #expect(timeline.deadAttempts == [4])
    }

    @Test func `draws nothing where no timeout bounds an attempt`() throws {
        #expect(Timeline([PipelineStep(.deadline(try DeadlinePolicy(total: .seconds(1))))]) == nil)
    }
}
