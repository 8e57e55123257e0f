// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSyntax

@Suite struct LayerTests {
    private static let base = """
        package base
        defaults {
          retry {
            wait 70ms growing 2x up to 1s with full jitter
            budget 10% of calls, at least 2/s
          }
          breaker {
            trip at 50% failing
            probe 5 calls
          }
        }
        policy outbound {
          deadline 2s
          retry up to 3 attempts {
            when timeout
          }
          breaker {
            trip at 80% slower than 500ms
          }
          timeout 550ms
        }
        environment staging {
          policy outbound {
            timeout 900ms
          }
        }
        """

    private static let shop = """
        package shop
        use base
        defaults {
          retry {
            wait 1s
            give up after 9s
          }
          breaker {
            probe 9 calls
          }
        }
        let budget = 3s
        shared breaker gate {
          stay open 15s
        }
        policy card extends base.outbound {
          deadline $budget
          retry up to 4 attempts
          breaker {
            trip after 5 failures in a row
          }
        }
        policy fresh {
          deadline 9s
          retry up to 2 attempts
          breaker gate
        }
        environment staging {
          let budget = 5s
          shared breaker gate {
            probe 1 call
          }
          policy card {
            retry up to 2 attempts {
              when refused
            }
          }
        }
        """

    private func compilation() -> Compilation { compile(["base.weir": Self.base, "shop.weir": Self.shop]) }

    /// `step.setting ← layer` for all settings that are not the engine's own.
    private func origins(_ policy: String, _ environment: String?) throws -> [String] {
        let compilation = compilation()
        #expect(compilation.listing == "")
        let graph = try #require(compilation.graph(environment: environment))
        let resolved = try #require(graph.policy(QualifiedName(package: "shop", name: policy)))
        return resolved.steps.flatMap { step in
            step.origins.compactMap { origin in
                guard origin.layer != .engine, let place = origin.place else { return nil }
                return "\(step.policy.kind).\(origin.setting) ← \(Self.words(origin.layer)) \(place)"
            }
        }
    }

    private static func words(_ layer: Layer) -> String {
        switch layer {
        case .engine: "engine"
        case .defaults(let package): "defaults of \(package)"
        case .shared(let name): "shared \(name)"
        case .policy(let name): "policy \(name)"
        case .environment(let name): "environment \(name)"
        }
    }

    @Test func `each setting comes from the layer that won`() throws {
        #expect(
            try origins("card", nil) == [
                "deadline.deadline ← policy shop.card shop.weir:17:3",
                "retry.up to … attempts ← policy shop.card shop.weir:18:3",
                "retry.wait ← defaults of base base.weir:4:5", "retry.when ← policy base.outbound base.weir:15:5",
                "retry.budget ← defaults of base base.weir:5:5",
                "breaker.trip ← policy shop.card shop.weir:20:5", "breaker.probe ← defaults of base base.weir:9:5",
                "timeout.timeout ← policy base.outbound base.weir:20:3",
            ])
    }

    @Test func `an environment wins over the policy, also through what it extends`() throws {
        #expect(
            try origins("card", "staging") == [
                "deadline.deadline ← environment staging shop.weir:29:7",
                "retry.up to … attempts ← environment staging shop.weir:34:5",
                "retry.wait ← defaults of base base.weir:4:5", "retry.when ← environment staging shop.weir:35:7",
                "retry.budget ← defaults of base base.weir:5:5",
                "breaker.trip ← policy shop.card shop.weir:20:5", "breaker.probe ← defaults of base base.weir:9:5",
                "timeout.timeout ← environment staging base.weir:24:5",
            ])
        let graph = try #require(compilation().graph(environment: "staging"))
        let steps = try #require(graph.policy(QualifiedName(package: "shop", name: "card"))?.steps)
        #expect(steps.first?.policy == .deadline(try DeadlinePolicy(total: .seconds(5))))
        #expect(steps.last?.policy == .timeout(try TimeoutPolicy(limit: .milliseconds(900))))
    }

    @Test func `defaults are those of the package in which a step was written`() throws {
        #expect(
            try origins("fresh", nil) == [
                "deadline.deadline ← policy shop.fresh shop.weir:24:3",
                "retry.up to … attempts ← policy shop.fresh shop.weir:25:3",
                "retry.wait ← defaults of shop shop.weir:5:5",
                "retry.give up after ← defaults of shop shop.weir:6:5",
                "breaker.stay open ← shared shop.gate shop.weir:14:3", "breaker.probe ← defaults of shop shop.weir:9:5",
            ])
    }

    @Test func `an overlay changes a shared step setting by setting`() throws {
        let graph = try #require(compilation().graph(environment: "staging"))
        let step = try #require(graph.policy(QualifiedName(package: "shop", name: "fresh"))?.steps.last)
        guard case .breaker(let breaker) = step.policy else {
            Issue.record("the last step is no breaker")
            return
        }
        #expect(breaker.probes == 1)
        #expect(breaker.openTime == .growing(initial: .seconds(15), factor: .times(1), cap: .seconds(15)))
        #expect(step.shared == QualifiedName(package: "shop", name: "gate"))
    }

    @Test func `an environment keeps what it does not change`() throws {
        let compilation = compile([
            "a.weir": "policy a {\n  deadline 1s\n}\npolicy b {\n  deadline 2s\n}\n",
            "b.weir": "environment staging {\n  policy a {\n    deadline 3s\n  }\n}\n",
        ])
        let base = try #require(compilation.graph())
        let staging = try #require(compilation.graph(environment: "staging"))
        #expect(base.policies[1] == staging.policies[1])
        #expect(base.policies[0] != staging.policies[0])
        #expect(compilation.graph(environment: "production") == nil)
    }

    @Test func `steps stand where before and after put them`() throws {
        let compilation = compile([
            "a.weir": """
            shared limit one 1/s
            shared limit two 2/s
            policy a {
              deadline 1s
              retry up to 2 attempts
              timeout 100ms
            }
            policy b extends a {
              before retry {
                limit one
                bulkhead 5 calls
              }
              after retry {
                limit two
              }
              remove timeout
            }

            """
        ])
        #expect(compilation.listing == "")
        let steps = try #require(compilation.graph()?.policies.last?.steps)
        #expect(steps.map(\.policy.kind) == [.deadline, .limit, .bulkhead, .retry, .limit])
        #expect(steps.compactMap(\.shared?.name) == ["one", "two"])
    }

    @Test(arguments: [
        ("shop/a.weir", "shop", 0), ("shop/a.weir", "store", 1), ("a/b/c.weir", "a.b", 0), ("a.weir", "a", 1),
    ])
    func `a package is its directory when the root is known`(path: String, package: String, findings: Int) {
        let source = SourceFile(path: path, form: .weir, text: "package \(package)\npolicy p {\n  deadline 1s\n}\n")
        let known = Compiler.compile(files: [source], options: CompilerOptions(rootIsKnown: true))
        #expect(known.diagnostics.map(\.id.code) == Array(repeating: "N012", count: findings))
        #expect(!Compiler.compile(files: [source]).hasErrors)
    }

    @Test func `packages that use each other are shown as a circle`() {
        let compilation = compile([
            "a.weir": "package a\nuse b\n", "b.weir": "package b\nuse c\n", "c.weir": "package c\nuse a\n",
        ])
        let cycle = compilation.diagnostics.filter { $0.id == .useCycle }
        #expect(cycle.map(\.message) == ["packages use each other in a circle: a → b → c → a"])
        #expect(cycle.first?.secondary.count == 2)
    }

    @Test func `what this version does not enforce is listed`() {
        let compilation = compile([
            "a.weir":
                "policy a {\n  fallback to cached\n  deadline 1s\n  hedge after 90ms up to 2 calls\n  limit 1/s {\n    kind sliding\n  }\n}\n"
        ])
        #expect(compilation.unenforced.map(\.id) == ["cached-fallback", "hedge", "limit-kind"])
        #expect(compilation.unenforced.map(\.place.line) == [2, 4, 6])
    }
}
