// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirPolicy

@Suite struct ValueTests {
    @Test(arguments: [
        (Duration.milliseconds(250), "250ms"), (.seconds(90), "1m30s"), (.zero, "0s"),
        (.microseconds(1500), "1ms500us"),
        (.seconds(86_400), "1d"), (.seconds(86_400 * 2 + 3600), "2d1h"),
    ])
    func `a duration is written in one way`(duration: Duration, text: String) {
        #expect(duration.weirText == text)
    }

    @Test(arguments: [(500_000, "50%"), (1000, "0.1%"), (125_000, "12.5%"), (0, "0%"), (1_000_000, "100%")])
    func `a share is written in percent without needless zeros`(millionths: Int, text: String) throws {
        #expect(try Ratio(millionths: millionths).description == text)
    }

    @Test func `a share above the whole is refused`() {
        #expect(throws: InvalidValue.self) { try Ratio(millionths: 1_000_001) }
    }

    @Test(arguments: [
        (100, Duration.seconds(1), "100/s"), (5, .milliseconds(100), "5/100ms"), (20, .seconds(60), "20/m"),
    ])
    func `a rate of one unit leaves the one away`(count: Int, window: Duration, text: String) throws {
        #expect(try Rate(count: count, window: window).description == text)
    }

    @Test func `a count window takes a minimum no larger than itself`() throws {
        #expect(try CircuitBreakerPolicy(window: .count(10)).minimumCalls == 10)
        #expect(throws: InvalidValue.self) { try CircuitBreakerPolicy(window: .count(10), minimumCalls: 11) }
    }
}
