// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirEventsConformance

/// The store in memory under the table that every store has to keep to; a process that starts anew finds it as it was.
@Suite struct MemoryStoreTests {
    struct Bench: StoreBench {
        let store = MemoryStore()
        func open() async throws -> any EventStore { store }
    }

    @Test(arguments: StoreCase.all)
    func `keeps to the rules of stores`(rule: StoreCase) async throws { try await rule.run(Bench()) }

    @Test func `beyond its bound the oldest are forgotten early`() async throws {
        let store = MemoryStore(mostRecords: 100)
        let now = Timestamp(secondsSince1970: 0)
        for number in 0..<1000 {
            let key = InboxKey(subscription: "s", event: "\(number)")
            guard case .taken(let fence) = try await store.begin(key, until: now + .seconds(10), at: now) else {
                continue
            }
            let turn = InboxTurn(key: key, fence: fence)
            try await store.commit(StoreCommit(turn: turn, keep: now + .seconds(3600)), at: now)
        }
        #expect(store.records <= 101)
        let last = InboxKey(subscription: "s", event: "999")
        #expect(try await store.begin(last, until: now + .seconds(10), at: now) == .done)
    }
}
