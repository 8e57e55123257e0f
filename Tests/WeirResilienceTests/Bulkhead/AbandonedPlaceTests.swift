// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// Places that abandoned work still holds.
@Suite struct AbandonedPlaceTests {
    let bench = Bench()

    var running: Int? { bench.bulkhead()?.snapshot.running }

    /// A call whose both attempts are left behind.
    func abandonTwice(_ steps: [PolicyStep]) throws -> (first: AbandonedWork, second: AbandonedWork) {
        let (first, second) = (AbandonedWork(), AbandonedWork())
        var call = CallMachine(try bench.pipeline(steps), detachable: true)
        #expect(call.begin(at: 0) == .attempt(until: 50 * millisecond))
        #expect(call.attemptAbandoned(first, at: 50 * millisecond) == .wait(until: 150 * millisecond))
        #expect(call.waitEnded(at: 150 * millisecond) == .attempt(until: 200 * millisecond))
        #expect(call.attemptAbandoned(second, at: 200 * millisecond) == .finish(.error))
        return (first, second)
    }

    static func timeout() throws -> PolicyStep {
        .timeout(try TimeoutPolicy(limit: .milliseconds(50), abandon: 10))
    }

    @Test(arguments: [false, true])
    func `a place around all attempts is taken until the last of them has ended`(inOrder: Bool) throws {
        let work = try abandonTwice([
            .bulkhead(try BulkheadPolicy(calls: 1)), try CompositionTests.retry(2), try Self.timeout(),
        ])
        #expect(running == 1)
        (inOrder ? work.first : work.second).ended()
        #expect(running == 1, "the other one still works")
        (inOrder ? work.second : work.first).ended()
        #expect(running == 0)
    }

    @Test func `a place of one attempt is free when that one has ended`() throws {
        let work = try abandonTwice([
            try CompositionTests.retry(2), .bulkhead(try BulkheadPolicy(calls: 2)), try Self.timeout(),
        ])
        #expect(running == 2)
        work.second.ended()
        #expect(running == 1)
        work.first.ended()
        #expect(running == 0)
    }
}
