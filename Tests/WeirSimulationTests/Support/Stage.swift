// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirPolicy

@testable import WeirCompiler
@testable import WeirResilience
@testable import WeirSimulation

/// The answer of an upstream over HTTP, as far as policies look at it.
struct Reply: StatusReporting {
    let status: Int?
    var isFallback = false
    var reportedStatus: Int { status ?? 200 }
}

/// Plays the calls of a scene through the asynchronous runtime on a manual clock.
actor Stage {
    nonisolated let executor = SteppedExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private nonisolated let clock = ManualClock(now: 0)
    private let recorder = StepRecorder()
    private let pipeline: Pipeline
    private let upstreams: Upstreams
    private let scene: Scene
    private let isLimited: Bool
    /// Calls that have not ended, attempts that wait inside the upstream, attempts that came back from it, attempts that the
    /// pipeline has seen the end of.
    private var (unfinished, inside, returned, finished) = (0, 0, 0, 0)
    private var arrivals: [String] = []
    private var calls: [(number: Int, line: String)] = []
    private var transitions: [String] = []

    init(_ scene: Scene, seed: UInt64) throws {
        self.scene = scene
        isLimited = scene.policies[0].steps.contains { [.deadline, .timeout].contains($0.policy.kind) }
        upstreams = Upstreams(graph: scene.graph, given: scene.given)
        let store = StateStore(
            engine: Engine(clock: .manual(clock), random: EngineRandom(seed: seed), observer: recorder))
        var draft = store.draft(version: "1")
        pipeline = try Pipeline(policy: scene.policies[0], owner: Scene.upstream, in: &draft)
        store.commit(draft)
    }

    /// What happened, in the words that ``Conformance`` compares.
    nonisolated func play() async -> Conformance {
        begin()
        while clock.advanceToNextSleeper() {
            while !isSettled() { await executor.job() }
        }
        return result()
    }

    private nonisolated func begin() {
        assumeIsolated { $0.start() }
        executor.drain()
    }

    /// Runs what there is to run; true when every call that is under way waits for the clock.
    private nonisolated func isSettled() -> Bool {
        executor.drain()
        return assumeIsolated { $0.everybodyWaits }
    }

    private nonisolated func result() -> Conformance { assumeIsolated { $0.conformance } }

    /// One timer for each call that has not ended, and one more for each attempt with a time limit; attempts that have
    /// ended have told their pipelines so.
    private var everybodyWaits: Bool {
        collect()
        return finished == returned && clock.sleepers == unfinished + (isLimited ? inside : 0)
    }

    private func start() {
        var number = 0
        for stimulus in scene.stimuli {
            for index in 0..<stimulus.calls {
                number += 1
                unfinished += 1
                let (mine, begin) = (number, VirtualTime(stimulus.from) + VirtualTime(stimulus.every) * index)
                Task(executorPreference: executor) { await self.call(mine, at: begin) }
            }
        }
    }

    private func call(_ number: Int, at begin: VirtualTime) async {
        await pause(until: begin)
        var attempts = 0
        let handling = ResultHandling<Reply>(
            classify: { $0.status.map { .status($0) } ?? .success },
            fromStatus: { Reply(status: $0, isFallback: true) })
        let facts = CallFacts(isRepeatable: !(scene.graph.operation(Scene.upstream)?.isUnsafeToRepeat ?? false))
        var answer: String
        do {
            let reply = try await pipeline.run(facts, handling) {
                attempts += 1
                return try await self.upstream()
            }
            let failed = !CallOutcome.status(reply.reportedStatus).isSuccess
            answer = reply.isFallback ? "fallback" : failed ? "failure" : "success"
        } catch {
            answer = "failure"
        }
        unfinished -= 1
        calls.append((number, "\(begin) to \(now): \(answer), \(attempts)"))
    }

    private func upstream() async throws -> Reply {
        arrivals.append("\(now)")
        defer { returned += 1 }
        guard case .answers(let outcome, let latency) = upstreams.reaction(of: Scene.upstream, at: now) else {
            return Reply(status: nil)
        }
        inside += 1
        await pause(until: now + latency)
        inside -= 1
        try Task.checkCancellation()
        if outcome.status == nil && !outcome.isSuccess { throw SystemCallError(number: ECONNREFUSED) }
        return Reply(status: outcome.status)
    }

    private var now: VirtualTime { VirtualTime(nanoseconds: clock.now) }

    private func pause(until time: VirtualTime) async {
        guard time > now else { return }
        _ = await PendingWait().wait(until: time.nanoseconds, on: .manual(clock))
    }

    private func collect() {
        for event in recorder.take() {
            if event.name == .attemptFinished { finished += 1 }
            if let change = event.transition {
                transitions.append("\(VirtualTime(nanoseconds: event.at)) \(change.words)")
            }
        }
    }

    private var conformance: Conformance {
        collect()
        return Conformance(
            arrivals: arrivals, calls: calls.sorted { $0.number < $1.number }.map(\.line), transitions: transitions)
    }
}

/// What simulation and runtime must agree on.
struct Conformance: Equatable {
    var arrivals: [String]
    var calls: [String]
    var transitions: [String]

    init(arrivals: [String], calls: [String], transitions: [String]) {
        self.arrivals = arrivals
        self.calls = calls
        self.transitions = transitions
    }

    init(_ story: Story) {
        arrivals = story.arrivals(at: Scene.upstream).map { "\($0.at)" }
        calls = story.calls(to: Scene.upstream).map {
            "\($0.started) to \($0.ended): \($0.answer.kind.rawValue), \($0.attempts)"
        }
        transitions = story.transitions.map { "\($0.at) \($0.transition.words)" }
    }
}
