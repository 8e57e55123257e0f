// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirResilience

@Suite struct TimeTests {
    @Test func `the same seed gives the numbers of SplitMix64`() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
        let random = EngineRandom(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
    }

    @Test func `a manual clock fires its timers in the order of their times`() {
        let clock = ManualClock(now: 0)
        let log = Log()
        for time in [30, 10, 20] as [UInt64] {
            clock.schedule(Resume { log.add(Int(clock.now)) }, at: time)
        }
        #expect(clock.sleepers == 3)
        clock.advance(by: .nanoseconds(25))
        #expect(log.numbers == [10, 20] && clock.now == 25)
        #expect(clock.advanceToNextSleeper() && !clock.advanceToNextSleeper())
        #expect(log.numbers == [10, 20, 30])
    }

    @Test func `the system's timers never fire early, and cancelled ones not at all`() async {
        let start = EngineClock.system.now
        let fired = EventCounter()
        let cancelled = Resume { fired.add() }
        EngineClock.system.schedule(cancelled, at: start + 5 * millisecond)
        EngineClock.system.cancel(cancelled)
        let waits = (1...40).map { number -> Task<Bool, Never> in
            let due = start + UInt64(number) * millisecond / 2
            return Task {
                _ = await PendingWait().wait(until: due, on: .system)
                return EngineClock.system.now >= due
            }
        }
        for wait in waits { #expect(await wait.value) }
        #expect(fired.count == 0)
    }

    @Test func `contexts travel in headers`() {
        struct Headers: ContextCarrier {
            var fields: [String: String] = [:]
            subscript(header name: String) -> String? {
                get { fields[name] }
                set { fields[name] = newValue }
            }
        }
        var headers = Headers()
        CallContext(deadline: 3 * second, attempt: 2, isRetry: true).inject(into: &headers, at: second)
        #expect(headers.fields == ["x-deadline-ms": "2000", "x-attempt": "2", "x-retry-chain": "1"])
        let read = CallContext(from: headers, at: 10 * second)
        #expect(read == CallContext(deadline: 12 * second, attempt: 2, isRetry: true))
        headers.fields = ["x-deadline-ms": "-5", "x-attempt": "99999999"]
        #expect(CallContext(from: headers, at: 0) == CallContext(deadline: .max, attempt: 1000, isRetry: true))
    }
}
