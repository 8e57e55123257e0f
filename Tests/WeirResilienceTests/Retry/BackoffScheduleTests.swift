// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct BackoffScheduleTests {
    static func waits(
        _ backoff: Backoff, _ jitter: Jitter = .none, cap: Duration = .seconds(20), fractions: [Double] = [0, 0, 0, 0]
    ) throws -> [UInt64?] {
        let schedule = BackoffSchedule(try RetryPolicy(backoff: backoff, cap: cap, jitter: jitter))
        var memory: UInt64 = 0
        return fractions.enumerated().map { index, fraction in
            schedule.wait(after: index, memory: &memory, fraction: fraction).map { $0 / millisecond }
        }
    }

    struct Row: Sendable {
        let backoff: Backoff
        var jitter = Jitter.none
        var cap: Duration = .seconds(20)
        var fractions: [Double] = [0, 0, 0, 0]
        let waits: [UInt64?]
    }

    static let rows: [Row] = [
        Row(backoff: .constant(.milliseconds(100)), waits: [100, 100, 100, 100]),
        Row(backoff: .linear(initial: .milliseconds(100), increment: .milliseconds(50)), waits: [100, 150, 200, 250]),
        Row(backoff: .exponential(initial: .milliseconds(50), factor: .times(2)), waits: [50, 100, 200, 400]),
        Row(
            backoff: .exponential(initial: .seconds(8), factor: .times(2)), cap: .seconds(20),
            waits: [8000, 16_000, 20_000, 20_000]),
        Row(backoff: .fibonacci(.milliseconds(10)), waits: [10, 20, 30, 50]),
        Row(
            backoff: .sequence([.milliseconds(5), .milliseconds(7)], exhausted: .stop), waits: [5, 7, nil, nil]),
        Row(
            backoff: .sequence([.milliseconds(5), .milliseconds(7)], exhausted: .repeat), waits: [5, 7, 7, 7]),
        Row(backoff: .constant(.milliseconds(100)), jitter: .full, fractions: [0, 0.25, 0.5], waits: [0, 25, 50]),
        Row(backoff: .constant(.milliseconds(100)), jitter: .equal, fractions: [0, 0.5, 0.99], waits: [50, 75, 99]),
        Row(
            backoff: .constant(.milliseconds(100)), jitter: .proportional(.percent(20)), fractions: [0, 0.5],
            waits: [80, 100]),
        Row(
            backoff: .constant(.milliseconds(100)), jitter: .absolute(.milliseconds(150)), fractions: [0, 0.5],
            waits: [0, 100]),
        Row(
            backoff: .constant(.seconds(20)), jitter: .proportional(.percent(50)), fractions: [0.9], waits: [20_000]),
        // d1 = i + r(3i - i) = 200, d2 = 100 + 0.5 (600 - 100) = 350, d3 = 100 + 0 = 100
        Row(
            backoff: .constant(.milliseconds(100)), jitter: .decorrelated, fractions: [0.5, 0.5, 0],
            waits: [200, 350, 100]),
        // t = 0.5: 2^0.5 tanh(sqrt 2) = 1.2562 -> /1.4 = 0.8973
        Row(backoff: .constant(.milliseconds(1000)), jitter: .decorrelatedV2, fractions: [0.5], waits: [897]),
    ]

    @Test(arguments: rows) func `waits as its formula says`(row: Row) throws {
        #expect(try Self.waits(row.backoff, row.jitter, cap: row.cap, fractions: row.fractions) == row.waits)
    }

    @Test(arguments: [
        Backoff.exponential(initial: .seconds(1), factor: .times(100)), .fibonacci(.seconds(100_000)),
        .linear(initial: .seconds(1), increment: .seconds(1_000_000)),
    ])
    func `saturates at the cap after a thousand attempts`(backoff: Backoff) throws {
        for jitter in [Jitter.none, .full, .decorrelatedV2] {
            let schedule = BackoffSchedule(try RetryPolicy(backoff: backoff, cap: .seconds(20), jitter: jitter))
            var memory: UInt64 = 0
            for attempt in 0..<1100 {
                let wait = try #require(schedule.wait(after: attempt, memory: &memory, fraction: 0.999))
                #expect(wait <= 20 * second)
            }
        }
    }

    @Test(arguments: [Jitter.none, .equal, .proportional(.percent(10)), .decorrelatedV2])
    func `waits no less after more attempts than a number can hold`(jitter: Jitter) throws {
        let backoff = Backoff.exponential(initial: .milliseconds(1), factor: .times(2))
        let schedule = BackoffSchedule(
            try RetryPolicy(attempts: nil, backoff: backoff, cap: .seconds(20), jitter: jitter))
        var memory: UInt64 = 0
        for attempt in 0..<3000 {
            let wait = try #require(schedule.wait(after: attempt, memory: &memory, fraction: 0.5))
            if attempt > 100 { #expect(wait >= 15 * second, "attempt \(attempt)") }
        }
    }

    @Test func `nothing to wait stays nothing, whatever the jitter`() throws {
        for jitter in [Jitter.none, .full, .equal, .proportional(.percent(50)), .decorrelated, .decorrelatedV2] {
            let schedule = BackoffSchedule(
                try RetryPolicy(attempts: nil, backoff: .constant(.zero), jitter: jitter))
            var memory: UInt64 = 0
            for attempt in 0..<1500 {
                let wait = schedule.wait(after: attempt, memory: &memory, fraction: 0)
                #expect(wait == 0, "\(jitter) after attempt \(attempt)")
            }
        }
    }

    @Test func `caps the base first, so that jitter never disappears at the cap`() throws {
        let backoff = Backoff.exponential(initial: .seconds(1), factor: .times(2))
        for (jitter, wait) in [
            (Jitter.full, 5000), (.equal, 12_500), (.proportional(.percent(20)), 18_000),
            (.absolute(.seconds(4)), 18_000),
        ] as [(Jitter, UInt64)] {
            #expect(try Self.waits(backoff, jitter, fractions: Array(repeating: 0.25, count: 50)).last == wait)
        }
    }
}
