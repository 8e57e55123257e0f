// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

/// Operations that call operations that call operations.
@Suite struct CallGraphTests {
    static let first = Scene.name("a.first")
    static let second = Scene.name("b.second")
    static let third = Scene.name("c.third")

    static func calls(_ result: TestResult) -> [String] {
        result.story.calls.map { "\($0.operation.name): \($0.answer) \($0.started)-\($0.ended)" }
    }

    /// A caller, a callee that calls twice itself, and what it calls.
    static func scene(_ steps: [PipelineStep] = []) throws -> Scene {
        var scene = Scene()
        let policy = steps.isEmpty ? nil : Scene.name("outer")
        if let policy { scene.policies = [try ResolvedPolicy(name: policy, steps: steps)] }
        scene.operations = [
            OperationNode(name: first, calls: [.init(callee: second, times: 1, policy: policy)]),
            OperationNode(name: second, calls: [.init(callee: third, times: 2, policy: nil)]),
            OperationNode(name: third, typicalLatency: .milliseconds(40)),
        ]
        return scene
    }

    @Test func `makes declared calls one after the other, as often as declared`() throws {
        var scene = try Self.scene()
        scene.calls(1, to: Self.first)
        #expect(
            Self.calls(scene.run()) == [
                "a.first: success 0ms-80ms", "b.second: success 0ms-80ms", "c.third: success 0ms-40ms",
                "c.third: success 40ms-80ms",
            ])
    }

    @Test func `fails a caller with its callee and skips the calls that are left`() throws {
        var scene = try Self.scene()
        scene.given(.status(500), Self.third)
        scene.calls(1, to: Self.first)
        #expect(
            Self.calls(scene.run()) == [
                "a.first: failure, status 500 0ms-0ms", "b.second: failure, status 500 0ms-0ms",
                "c.third: failure, status 500 0ms-0ms",
            ])
    }

    @Test func `gives up calls below a call whose time is over`() throws {
        var scene = try Self.scene([PipelineStep(.timeout(try TimeoutPolicy(limit: .milliseconds(50))))])
        scene.calls(1, to: Self.first)
        #expect(
            Self.calls(scene.run()) == [
                "a.first: failure, status 500 0ms-50ms", "b.second: failure, timeout 0ms-50ms",
                "c.third: success 0ms-40ms", "c.third: abandoned, the caller's time was over 40ms-50ms",
            ])
    }

    @Test func `does what a row says instead of the calls that are declared`() throws {
        var scene = try Self.scene()
        scene.given(.takes(.milliseconds(5)), Self.second)
        scene.calls(1, to: Self.first)
        #expect(Self.calls(scene.run()) == ["a.first: success 0ms-5ms", "b.second: success 0ms-5ms"])
    }

    @Test func `calls an operation directly that calls nobody`() throws {
        var scene = try Self.scene()
        scene.calls(2, to: Self.third, every: .milliseconds(100))
        scene.expect(.receives(Self.third, .exactly(2), by: nil), "c.third receives exactly 2 calls")
        scene.expect(
            .answers(Self.third, .success, within: .milliseconds(40), .init()), "c.third answers success within 40ms")
        let result = scene.run()
        #expect(result.passed, "\(result)")
    }

    @Test func `lets later rows stand over earlier ones and joins a status with a time`() throws {
        var scene = try Self.scene()
        scene.given(.status(503), Self.third)
        scene.given(.takes(.milliseconds(7)), Self.third)
        scene.given(.down, Self.third, from: .milliseconds(100), until: .milliseconds(200))
        scene.given(.status(200), Self.third, from: .milliseconds(150), until: .milliseconds(200))
        scene.calls(4, to: Self.third, every: .milliseconds(75))
        #expect(
            Self.calls(scene.run()) == [
                "c.third: failure, status 503 0ms-7ms", "c.third: failure, status 503 75ms-82ms",
                "c.third: success 150ms-157ms", "c.third: failure, status 503 225ms-232ms",
            ])
    }
}
