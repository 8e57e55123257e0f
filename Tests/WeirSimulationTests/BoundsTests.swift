// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

/// Tests that observe nothing, and stories that would not end.
@Suite struct BoundsTests {
    static func scene() throws -> Scene {
        var scene = try Scene([])
        scene.expect(
            .receives(Scene.upstream, .atMost(1000), by: nil), "payments.authorize receives at most 1000 calls")
        return scene
    }

    @Test func `fails a test that makes no calls`() throws {
        let result = try Self.scene().run()
        #expect(!result.passed)
        #expect(result.problem == "the test makes no calls, so there is nothing to observe")
    }

    @Test func `fails a test that expects nothing`() throws {
        var scene = try Scene([])
        scene.calls(1)
        #expect(scene.run().problem == "the test expects nothing")
    }

    @Test func `fails a test that calls what the graph does not have`() throws {
        var scene = try Self.scene()
        scene.calls(1, to: Scene.name("no.such"))
        #expect(scene.run().problem == "the graph has no operation `shop.no.such` to call")
    }

    @Test func `ends a story with too many events`() throws {
        var scene = try Self.scene()
        scene.calls(1000)
        var limits = SimulationLimits()
        limits.mostEvents = 100
        let result = scene.run(limits: limits)
        #expect(!result.passed)
        #expect(
            result.problem
                == "the story could not be played to its end: it was stopped at 1.25s after 100 events")
    }

    @Test func `ends a story that outlasts a year`() throws {
        var scene = try Self.scene()
        scene.calls(100_000, every: .weirLongest)
        #expect(
            scene.run().problem == "the story could not be played to its end: it goes on for longer than 366d")
    }

    @Test func `ends calls that go round in a circle`() throws {
        var scene = try Self.scene()
        scene.operations[1] = OperationNode(
            name: Scene.upstream, calls: [.init(callee: Scene.caller, times: 1, policy: nil)])
        scene.calls(1)
        let problem = try #require(scene.run().problem)
        #expect(problem.contains("calls are nested deeper than 32"))
    }

    @Test func `counts what the trace has no room for`() throws {
        var scene = try Self.scene()
        scene.calls(10)
        var limits = SimulationLimits()
        limits.longestTrace = 5
        let result = scene.run(limits: limits)
        #expect(result.passed)
        #expect(result.trace.count == 5)
        #expect(result.story.untraced > 0)
    }

    @Test func `plays a hundred thousand refused calls without a deep stack`() throws {
        let refuse = PipelineStep(.bulkhead(try BulkheadPolicy(calls: 0)))
        let status = PipelineStep(.fallback(try FallbackPolicy(target: .status(204))))
        var scene = try Scene([status, refuse])
        scene.operations[0] = OperationNode(
            name: Scene.caller, calls: [.init(callee: Scene.upstream, times: 100_000, policy: Scene.name("card"))])
        scene.expect(.answers(Scene.upstream, .status(204), within: nil, .init()), "answers status 204")
        scene.calls(1)
        let result = scene.run()
        #expect(result.passed, "\(result)")
    }
}
