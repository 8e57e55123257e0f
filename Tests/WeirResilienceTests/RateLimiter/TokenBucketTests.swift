// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct TokenBucketTests {
    static func bucket(
        _ count: Int, per window: Duration = .seconds(1), burst: Int? = nil, initial: Int? = nil,
        maxWait: Duration = .zero, cost: Int = 1
    ) throws -> TokenBucket {
        TokenBucket(
            try RateLimitPolicy(
                rate: try Rate(count: count, window: window), burst: burst, initial: initial, maxWait: maxWait,
                cost: cost), now: 0)
    }

    static func passes(_ bucket: TokenBucket, _ tries: Int, at now: UInt64) -> Int {
        (0..<tries).count { _ in bucket.take(at: now, deadline: .max) == .pass }
    }

    @Test func `lets the burst through and then one call each time a token has grown`() throws {
        let bucket = try Self.bucket(10)
        #expect(Self.passes(bucket, 20, at: 0) == 10)
        #expect(Self.passes(bucket, 5, at: 100 * millisecond - 1) == 0)
        #expect(Self.passes(bucket, 5, at: 100 * millisecond) == 1)
        #expect(Self.passes(bucket, 99, at: 60 * second) == 10)
    }

    @Test func `a refused call takes nothing and learns when to come back`() throws {
        let bucket = try Self.bucket(1)
        #expect(Self.passes(bucket, 1, at: 0) == 1)
        for _ in 0..<100 {
            #expect(bucket.take(at: 200 * millisecond, deadline: .max) == .refuse(retryAfter: 800 * millisecond))
        }
        #expect(Self.passes(bucket, 1, at: second) == 1)
    }

    @Test func `callers wait their turn within the longest wait`() throws {
        let bucket = try Self.bucket(10, burst: 1, maxWait: .milliseconds(250))
        #expect(bucket.take(at: 0, deadline: .max) == .pass)
        #expect(bucket.take(at: 0, deadline: .max) == .wait(until: 100 * millisecond))
        #expect(bucket.take(at: 0, deadline: .max) == .wait(until: 200 * millisecond))
        #expect(bucket.take(at: 0, deadline: .max) == .refuse(retryAfter: 300 * millisecond))
    }

    @Test func `a caller that leaves gives its tokens back`() throws {
        let bucket = try Self.bucket(10, burst: 1, maxWait: .seconds(1))
        #expect(bucket.take(at: 0, deadline: .max) == .pass)
        #expect(bucket.take(at: 0, deadline: .max) == .wait(until: 100 * millisecond))
        bucket.giveBack()
        #expect(bucket.take(at: 0, deadline: .max) == .wait(until: 100 * millisecond))
    }

    @Test func `refuses at once when the deadline comes before the tokens`() throws {
        let bucket = try Self.bucket(10, burst: 1, maxWait: .seconds(1))
        #expect(bucket.take(at: 0, deadline: .max) == .pass)
        #expect(bucket.take(at: 0, deadline: 100 * millisecond) == .refuse(retryAfter: 100 * millisecond))
        #expect(bucket.take(at: 0, deadline: 101 * millisecond) == .wait(until: 100 * millisecond))
    }

    @Test func `starts with the tokens it was given`() throws {
        #expect(Self.passes(try Self.bucket(10, initial: 3), 10, at: 0) == 3)
    }

    @Test func `a rate of zero refuses every call that costs something`() throws {
        #expect(Self.passes(try Self.bucket(0, initial: 0), 3, at: 60 * second) == 0)
        #expect(Self.passes(try Self.bucket(0, cost: 0), 3, at: 0) == 3)
    }

    @Test(arguments: [3, 7, 999, 1_000_003])
    func `keeps odd rates over a long time`(rate: Int) throws {
        let bucket = try Self.bucket(rate, burst: 1, initial: 0)
        var passed = 0
        let step = second / UInt64(rate) / 2 + 1
        var now: UInt64 = 0
        while passed < 10_000 {
            now += step
            passed += Self.passes(bucket, 1, at: now)
        }
        let measured = Double(passed) / (Double(now) / 1e9)
        #expect(measured <= Double(rate) * 1.001 + 0.01)
    }
}
