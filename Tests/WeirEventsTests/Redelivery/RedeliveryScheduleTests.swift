// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirPolicy
import WeirResilience

@Suite struct RedeliveryScheduleTests {
    private static let second: UInt64 = 1_000_000_000

    private static func schedule(
        attempts: Int? = 5, atOnce: Int = 0, inPlace: Bool = false, giveUpAfter: Duration? = nil,
        waits: [Duration] = [.seconds(5), .seconds(30)], exhausted: Backoff.Exhausted = .repeat
    ) throws -> RedeliverySchedule {
        let retry = try RetryPolicy(
            attempts: attempts, backoff: .sequence(waits, exhausted: exhausted), cap: .seconds(600), jitter: .none,
            when: [.anyFailure], giveUpAfter: giveUpAfter)
        return RedeliverySchedule(
            RedeliveryPolicy(
                retry, atOnce: atOnce, waitsInPlace: inPlace, park: [.error("Shop.Unreadable"), .status(422...422)]))
    }

    private static func decide(
        _ schedule: RedeliverySchedule, after attempts: Int, _ outcome: CallOutcome = .failure(.timeout),
        elapsed: UInt64 = 0
    ) -> RedeliverySchedule.Decision {
        var memory: UInt64 = 0
        return schedule.decide(after: attempts, outcome: outcome, elapsed: elapsed, memory: &memory, fraction: 0.5)
    }

    @Test(arguments: [(1, 5), (2, 30), (3, 30), (4, 30)] as [(Int, UInt64)])
    func `waits as listed, attempt by attempt`(attempts: Int, seconds: UInt64) throws {
        #expect(
            try Self.decide(Self.schedule(), after: attempts) == .again(after: seconds * Self.second, inPlace: false))
    }

    @Test func `gives up when all attempts are used, the first one counted`() throws {
        #expect(try Self.decide(Self.schedule(), after: 5) == .deadLetter(.exhausted))
        #expect(try Self.decide(Self.schedule(exhausted: .stop), after: 3) == .deadLetter(.exhausted))
    }

    @Test func `tries again at once before it waits, and starts its waits then`() throws {
        let schedule = try Self.schedule(atOnce: 2)
        let waits = (1...4).map { Self.decide(schedule, after: $0) }
        #expect(waits == [0, 0, 5, 30].map { .again(after: $0 * Self.second, inPlace: false) })
    }

    @Test func `parks what no further attempt would mend`() throws {
        #expect(try Self.decide(Self.schedule(), after: 1, .status(422)) == .deadLetter(.parked))
        #expect(
            try Self.decide(Self.schedule(), after: 1, .status(500)) == .again(after: 5 * Self.second, inPlace: false))
    }

    @Test func `does not try again what is not named`() throws {
        let retry = try RetryPolicy(when: [.timeout])
        #expect(
            Self.decide(RedeliverySchedule(RedeliveryPolicy(retry)), after: 1, .status(500)) == .deadLetter(.notRetried)
        )
        #expect(Self.decide(RedeliverySchedule(nil), after: 1) == .deadLetter(.noRedelivery))
    }

    @Test func `gives up when its time is over, or would be after the wait`() throws {
        let schedule = try Self.schedule(giveUpAfter: .seconds(60))
        #expect(
            Self.decide(schedule, after: 2, elapsed: 30 * Self.second)
                == .again(after: 30 * Self.second, inPlace: false))
        #expect(Self.decide(schedule, after: 2, elapsed: 31 * Self.second) == .deadLetter(.elapsed))
    }

    @Test func `waits in place where the subscription says so`() throws {
        #expect(
            try Self.decide(Self.schedule(inPlace: true), after: 1) == .again(after: 5 * Self.second, inPlace: true))
    }
}
