// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirWorkspace

@Suite struct ChangeDebounceTests {
    @Test func `gives notice once, when it has been quiet`() {
        var debounce = ChangeDebounce(quiet: 100)
        #expect(debounce.due == nil)
        debounce.note(at: 1000)
        debounce.note(at: 1050)
        #expect(debounce.due == 1150)
        let early = debounce.take(at: 1149), due = debounce.take(at: 1150), again = debounce.take(at: 2000)
        #expect(!early && due && !again)
    }

    @Test func `does not wait for quiet that never comes`() {
        var debounce = ChangeDebounce(quiet: 100)
        var now: UInt64 = 0
        while !debounce.take(at: now) {
            debounce.note(at: now)
            now += 50
        }
        #expect(now == 1000)
    }
}
