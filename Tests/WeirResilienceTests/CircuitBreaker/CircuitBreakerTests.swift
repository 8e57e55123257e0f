// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// The breaker as a whole, told the time.
@Suite struct CircuitBreakerTests {
    /// Letters for results: `.` good, `x` failed, `s` slow, `-` ignored.
    static func verdict(_ letter: Character) -> BreakerVerdict {
        switch letter {
        case "x": .failed
        case "s": .slow
        case "-": .neutral
        default: .good
        }
    }

    static func make(
        _ trips: [CircuitBreakerPolicy.Trip], window: CircuitBreakerPolicy.Window = .time(.seconds(10), buckets: 10),
        minimum: Int = 1, open: CircuitBreakerPolicy.OpenTime = .listed([.seconds(5)]), jitter: Ratio = .zero,
        probes: Int = 1, allowing: Int = 0, decision: CircuitBreakerPolicy.Decision = .early, lease: Duration? = nil,
        leaseEnd: CircuitBreakerPolicy.LeaseEnd = .open, excess: CircuitBreakerPolicy.Excess = .reject,
        onOpen: CircuitBreakerPolicy.OnOpen = .reject
    ) throws -> CircuitBreaker {
        CircuitBreaker(
            try CircuitBreakerPolicy(
                trips: trips, window: window, minimumCalls: minimum, openTime: open, openJitter: jitter,
                probes: probes, allowedProbeFailures: allowing, decision: decision, probeLease: lease,
                leaseEnd: leaseEnd, excess: excess, onOpen: onOpen), random: EngineRandom(seed: 1), now: 0)
    }

    static func permit(_ breaker: CircuitBreaker, _ now: UInt64) -> BreakerPermit? {
        if case .admit(let permit) = breaker.admit(at: now, timeoutBelow: 0).0 { permit } else { nil }
    }

    /// One call after the other, `step` apart, until one is refused.
    static func run(_ breaker: CircuitBreaker, _ results: String, step: UInt64 = millisecond, from: UInt64 = 0) {
        var now = from
        for letter in results {
            guard let permit = permit(breaker, now) else { return }
            _ = breaker.record(verdict(letter), of: permit, at: now)
            now += step
        }
    }

    struct Script: Sendable, CustomTestStringConvertible {
        let trip: CircuitBreakerPolicy.Trip
        var window = CircuitBreakerPolicy.Window.time(.seconds(10), buckets: 10)
        var minimum = 1
        let results: String
        var step: UInt64 = millisecond
        let opens: Bool
        var testDescription: String { "\(trip) after \(results)" }
    }

    static let scripts: [Script] = [
        Script(trip: .consecutive(3), results: "xx.xx", opens: false),
        Script(trip: .consecutive(3), results: ".xxx", opens: true),
        Script(trip: .consecutive(3), results: "xx-x", opens: true),
        Script(trip: .consecutive(2), results: "xsx", opens: false),
        Script(trip: .failing(.percent(50)), minimum: 4, results: "xxx", opens: false),
        Script(trip: .failing(.percent(50)), minimum: 4, results: "xx..", opens: true),
        Script(trip: .failing(.percent(50)), minimum: 4, results: "x...xx", opens: true),
        Script(trip: .failing(.percent(50)), minimum: 4, results: "x...x.", opens: false),
        Script(trip: .failing(.percent(50)), minimum: 4, results: "xx-.", opens: false),
        Script(trip: .failing(.percent(100)), minimum: 2, results: "xx", opens: true),
        Script(trip: .failures(3), minimum: 20, results: "x.x.x", opens: true),
        Script(trip: .failures(3), minimum: 20, results: "x.x..", opens: false),
        Script(trip: .slow(.percent(50), slowerThan: .seconds(1)), minimum: 2, results: ".s", opens: true),
        Script(trip: .slow(.percent(60), slowerThan: .seconds(1)), minimum: 2, results: ".s", opens: false),
        Script(trip: .failing(.percent(50)), window: .count(4), minimum: 4, results: "xx....", opens: true),
        Script(trip: .failing(.percent(50)), window: .count(4), minimum: 4, results: "x....xx", opens: true),
        Script(trip: .failing(.percent(75)), window: .count(4), minimum: 4, results: "x....xx", opens: false),
        Script(trip: .failures(2), window: .count(3), minimum: 1, results: "x..x", opens: false),
        Script(trip: .failures(2), window: .count(3), minimum: 1, results: "x.x", opens: true),
        // A second apart the ten-second window forgets: at most ten calls are in it.
        Script(trip: .failures(3), results: "x....x.....x", step: second, opens: false),
        Script(trip: .failures(3), results: "x....x...x", step: second, opens: true),
    ]

    @Test(arguments: scripts) func `trips exactly when a rule is broken`(script: Script) throws {
        let breaker = try Self.make([script.trip], window: script.window, minimum: script.minimum)
        Self.run(breaker, script.results, step: script.step)
        let end = script.step * UInt64(script.results.count)
        #expect((breaker.snapshot(at: end).state == .open) == script.opens)
    }

    @Test func `judges at a good result, too, when old good calls have left the window`() throws {
        let breaker = try Self.make([.failing(.percent(25))], minimum: 3)
        Self.run(breaker, "........", step: 0)
        Self.run(breaker, "xx", step: 0, from: 5 * second)
        #expect(breaker.snapshot(at: 5 * second).state == .closed)
        Self.run(breaker, ".", from: 9 * second)
        #expect(breaker.snapshot(at: 9 * second).state == .closed)
        Self.run(breaker, ".", from: 10 * second)
        #expect(breaker.snapshot(at: 10 * second).state == .open)
    }

    @Test func `refuses until the break is over, then reads half-open`() throws {
        let breaker = try Self.make([.consecutive(1)])
        Self.run(breaker, "x")
        #expect(breaker.admit(at: second, timeoutBelow: 0).0 == .refuse(retryAfter: 4 * second))
        #expect(breaker.snapshot(at: 5 * second - 1).state == .open)
        #expect(breaker.snapshot(at: 5 * second).state == .halfOpen)
        #expect(Self.permit(breaker, 5 * second)?.isProbe == true)
    }

    @Test func `lets as many probes through as the policy says`() throws {
        let breaker = try Self.make([.consecutive(1)], probes: 3)
        Self.run(breaker, "x")
        let now = 5 * second
        let probes = (0..<3).compactMap { _ in Self.permit(breaker, now) }
        #expect(probes.count == 3)
        #expect(breaker.admit(at: now, timeoutBelow: 0).0 == .refuse(retryAfter: nil))
        for probe in probes { _ = breaker.record(.good, of: probe, at: now) }
        #expect(breaker.snapshot(at: now).state == .closed)
    }

    struct Probing: Sendable {
        let probes: Int
        let allowing: Int
        let decision: CircuitBreakerPolicy.Decision
        let results: String
        let ends: BreakerState
    }

    static let probings: [Probing] = [
        Probing(probes: 3, allowing: 0, decision: .early, results: "x", ends: .open),
        Probing(probes: 3, allowing: 0, decision: .early, results: "s", ends: .open),
        Probing(probes: 3, allowing: 0, decision: .complete, results: "x", ends: .halfOpen),
        Probing(probes: 3, allowing: 0, decision: .complete, results: "x..", ends: .open),
        Probing(probes: 3, allowing: 1, decision: .early, results: "x", ends: .halfOpen),
        Probing(probes: 3, allowing: 1, decision: .early, results: "..", ends: .closed),
        Probing(probes: 3, allowing: 1, decision: .complete, results: "..", ends: .halfOpen),
        Probing(probes: 3, allowing: 1, decision: .complete, results: "..x", ends: .closed),
        Probing(probes: 3, allowing: 1, decision: .early, results: "xx", ends: .open),
        Probing(probes: 3, allowing: 0, decision: .early, results: "--", ends: .halfOpen),
        Probing(probes: 2, allowing: 0, decision: .early, results: "-..", ends: .closed),
    ]

    @Test(arguments: probings) func `decides by its probes`(probing: Probing) throws {
        let breaker = try Self.make(
            [.consecutive(1)], probes: probing.probes, allowing: probing.allowing, decision: probing.decision)
        Self.run(breaker, "x")
        Self.run(breaker, probing.results, step: 0, from: 5 * second)
        #expect(breaker.snapshot(at: 5 * second).state == probing.ends)
    }

    @Test(arguments: [(CircuitBreakerPolicy.LeaseEnd.open, BreakerState.open), (.close, .closed)])
    func `does not wait for a probe for ever`(end: CircuitBreakerPolicy.LeaseEnd, state: BreakerState) throws {
        let breaker = try Self.make([.consecutive(1)], lease: .seconds(2), leaseEnd: end)
        Self.run(breaker, "x")
        let lost = try #require(Self.permit(breaker, 5 * second))
        #expect(Self.permit(breaker, 7 * second - 1) == nil)
        _ = breaker.admit(at: 7 * second, timeoutBelow: 0)
        #expect(breaker.snapshot(at: 7 * second).state == state)
        #expect(breaker.record(.good, of: lost, at: 8 * second).stale, "its result comes from another generation")
        #expect(breaker.snapshot(at: 7 * second).staleResults == 1)
    }

    @Test func `gives probes the time it was open, or twice the timeout below it`() throws {
        let breaker = try Self.make([.consecutive(1)])
        Self.run(breaker, "x")
        _ = breaker.admit(at: 5 * second, timeoutBelow: 4 * second)
        #expect(breaker.admit(at: 13 * second - 1, timeoutBelow: 0).1 == nil)
        #expect(breaker.admit(at: 13 * second, timeoutBelow: 0).1?.reason == .leaseEnded)
    }

    @Test func `a late result of the closed time neither closes nor opens it`() throws {
        let breaker = try Self.make([.consecutive(1)])
        let slow = try #require(Self.permit(breaker, 0))
        Self.run(breaker, "x")
        _ = Self.permit(breaker, 5 * second)
        #expect(breaker.record(.good, of: slow, at: 6 * second).stale)
        #expect(breaker.snapshot(at: 6 * second).state == .halfOpen)
    }

    @Test func `stays open longer each time, and briefly again after it was closed`() throws {
        let breaker = try Self.make(
            [.consecutive(1)], open: .growing(initial: .seconds(5), factor: .times(2), cap: .seconds(15)))
        var now: UInt64 = 0
        for open in [5, 10, 15, 15] as [UInt64] {
            let permit = try #require(Self.permit(breaker, now))
            let opened = breaker.record(.failed, of: permit, at: now)
            #expect(opened.transition?.openNanoseconds == open * second)
            now += open * second
        }
        Self.run(breaker, ".", from: now)
        #expect(breaker.snapshot(at: now).state == .closed)
        let permit = try #require(Self.permit(breaker, now))
        #expect(breaker.record(.failed, of: permit, at: now).transition?.openNanoseconds == 5 * second)
    }

    @Test func `jitter only lengthens an opening`() throws {
        for seed in 0..<50 as Range<UInt64> {
            let settings = BreakerSettings(try CircuitBreakerPolicy(openTime: .listed([.seconds(10)])))
            let time = settings.openTime(openings: 0, fraction: EngineRandom(seed: seed).nextFraction())
            #expect((10 * second...11 * second).contains(time))
        }
    }

    @Test func `hands that hold it are counted`() throws {
        let breaker = try Self.make([.consecutive(1)])
        let first = breaker.hold(isolates: true, at: 0).id
        let second = breaker.hold(isolates: true, at: 0).id
        #expect(breaker.snapshot(at: 0).state == .isolated)
        for _ in 0..<2 { _ = breaker.release(first, at: 0) }
        #expect(Self.permit(breaker, 0) == nil)
        #expect(breaker.release(second, at: 0)?.to == .closed)
        #expect(breaker.snapshot(at: 0).state == .closed)
        let hold = breaker.hold(isolates: false, at: 0).id
        Self.run(breaker, "xxx")
        #expect(breaker.snapshot(at: 0).state == .forcedClosed)
        _ = breaker.release(hold, at: 0)
        #expect(breaker.snapshot(at: 0).state == .closed)
    }

    @Test func `an open breaker that admits counts nothing`() throws {
        let breaker = try Self.make([.consecutive(1)], onOpen: .admit)
        Self.run(breaker, "x")
        let permit = try #require(Self.permit(breaker, second))
        #expect(permit.isBypass)
        #expect(breaker.record(.good, of: permit, at: second).transition == nil)
        #expect(breaker.snapshot(at: second).state == .open)
    }

    @Test func `callers beyond the probes wait for the decision`() throws {
        let breaker = try Self.make([.consecutive(1)], excess: .wait)
        Self.run(breaker, "x")
        let probe = try #require(Self.permit(breaker, 5 * second))
        #expect(breaker.admit(at: 5 * second, timeoutBelow: 0).0 == .wait(until: 10 * second))
        let recorder = EventCounter()
        #expect(breaker.enqueue(Waiter { recorder.add() }) == .queued)
        _ = breaker.record(.good, of: probe, at: 6 * second)
        #expect(recorder.count == 1)
    }
}

extension CircuitBreakerTests {
    @Test func `a call waits for the decision of the probes and takes the place of one that was cancelled`() throws {
        let bench = Bench()
        let pipeline = try bench.pipeline([
            .breaker(
                try CircuitBreakerPolicy(
                    trips: [.consecutive(1)], openTime: .listed([.seconds(5)]), openJitter: .zero, probes: 1,
                    excess: .wait))
        ])
        _ = bench.play(pipeline, [.answers(.failure(.reset))])
        let now = 5 * second
        var probe = CallMachine(pipeline)
        var waiting = CallMachine(pipeline)
        #expect(probe.begin(at: now) == .attempt(until: .max))
        #expect(waiting.begin(at: now) == .queue)
        let granted = EventCounter()
        #expect(waiting.enqueue(Waiter { granted.add() }, at: now) == .queued(until: 10 * second))
        #expect(probe.cancel(at: now) == .finish(.cancelled))
        #expect(granted.count == 1)
        #expect(waiting.granted(at: now) == .attempt(until: .max))
        #expect(waiting.attemptEnded(.success, at: now) == .finish(.attempt))
        #expect(bench.breaker()?.snapshot(at: now).state == .closed)
    }
}

/// Counts from closures.
final class EventCounter: Sendable {
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var total = 0
    private nonisolated(unsafe) var most = 0

    func add(_ amount: Int = 1) {
        lock.withLock {
            total += amount
            most = max(most, total)
        }
    }
    var count: Int { lock.withLock { total } }
    var highest: Int { lock.withLock { most } }
}
