// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy

/// Whether the numbers of the reference policies hold together: time and capacity are promised once each.
@Suite struct FactTests {
    static func graph() throws -> PolicyGraph { try #require(try ReferencePolicyTests.text().graph()) }

    @Test func `an operation keeps its promise even when each call takes all its time`() throws {
        let graph = try Self.graph()
        for operation in graph.operations {
            guard let promise = operation.answersWithin else { continue }
            var total = Duration.zero
            for call in operation.calls {
                let policy = try #require(call.policy.flatMap { graph.policy($0) })
                let deadline = try #require(WorstCase(policy.steps).deadline)
                for _ in 0..<call.times { total += deadline }
            }
            #expect(total <= promise, "\(operation.name): \(total.weirText) of \(promise.weirText)")
        }
    }

    @Test func `a caller waits for as long as the callee may take`() throws {
        let graph = try Self.graph()
        for operation in graph.operations {
            for call in operation.calls {
                guard let promise = graph.operation(call.callee)?.answersWithin else { continue }
                let policy = try #require(call.policy.flatMap { graph.policy($0) })
                let deadline = try #require(WorstCase(policy.steps).deadline)
                #expect(deadline >= promise, "\(operation.name) gives \(call.callee) too little time")
            }
        }
    }

    @Test func `no operation is called more often than it is made for`() throws {
        let graph = try Self.graph()
        var demand: [QualifiedName: Double] = [:]
        for operation in graph.operations {
            for call in operation.calls {
                let load = try #require(operation.load, "\(operation.name) declares no load")
                demand[call.callee, default: 0] += load.perSecond * Double(call.times)
            }
        }
        for (name, calls) in demand {
            let load = try #require(graph.operation(name)?.load, "\(name) declares no load")
            #expect(calls <= load.perSecond * 1.0001, "\(name) gets \(calls)/s")
        }
    }

    @Test func `every bulkhead has room for what Little's law asks`() throws {
        let graph = try Self.graph()
        for operation in graph.operations {
            for call in operation.calls {
                let callee = try #require(graph.operation(call.callee))
                let policy = try #require(call.policy.flatMap { graph.policy($0) })
                let load = try #require(callee.load)
                let p99 = try #require(callee.p99Latency, "\(callee.name) declares no latency")
                for case .bulkhead(let bulkhead) in policy.steps.map(\.policy) {
                    let busy = load.perSecond * (p99 / .seconds(1))
                    #expect(busy <= Double(bulkhead.calls), "\(policy.name) for \(callee.name): \(busy) at once")
                }
            }
        }
    }
}
