// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirRabbitMQ

/// What is in flight to a broker and from it.
@Suite struct LedgerTests {
    @Test func `a confirm ends one message, or all up to it, each once`() {
        var ledger = ConfirmLedger<Int>()
        for number in 1...6 { #expect(ledger.add(number) == UInt64(number)) }
        #expect(ledger.settle(2, isMultiple: false).map(\.item) == [2])
        #expect(ledger.settle(2, isMultiple: false).isEmpty)
        #expect(ledger.settle(4, isMultiple: true).map(\.item) == [1, 3, 4])
        #expect(ledger.settle(4, isMultiple: true).isEmpty)
        #expect(ledger.count == 2)
        #expect(ledger.takeAll() == [5, 6])
        #expect(ledger.add(7) == 1)
    }

    @Test(arguments: [0, 9, UInt64.max])
    func `a confirm of what was never published ends nothing`(tag: UInt64) {
        var ledger = ConfirmLedger<Int>()
        ledger.add(1)
        #expect(ledger.settle(tag, isMultiple: true).isEmpty)
        #expect(ledger.count == 1)
    }

    @Test func `what came back says so when it is confirmed`() {
        var ledger = ConfirmLedger<String>()
        for text in ["a", "b", "a"] { ledger.add(text) }
        ledger.markReturned { $0 == "a" }
        #expect(ledger.settle(3, isMultiple: true).map(\.isReturned) == [true, false, false])
    }

    @Test func `tags go on over thousands of messages`() {
        var ledger = ConfirmLedger<Int>()
        for number in 1...5000 {
            let tag = ledger.add(number)
            #expect(ledger.settle(tag, isMultiple: number % 3 == 0).map(\.item) == [number])
        }
        #expect(ledger.count == 0)
    }

    @Test func `what is acknowledged without a gap is acknowledged by one frame`() {
        var ledger = DeliveryLedger()
        for tag in 1...6 { #expect(ledger.add(UInt64(tag)) == true) }
        for tag in [1, 3, 2, 5] as [UInt64] { #expect(ledger.acknowledge(tag) == true) }
        #expect(ledger.takeDue() == [.acknowledge(3, isMultiple: true), .acknowledge(5, isMultiple: false)])
        #expect(ledger.acknowledge(4) == true)
        #expect(ledger.takeDue() == [.acknowledge(4, isMultiple: true)])
        #expect(ledger.count == 1)
    }

    @Test func `nothing is settled twice, since that would cost the channel`() {
        var ledger = DeliveryLedger()
        #expect(ledger.add(1) == true)
        #expect(ledger.add(3) == false)
        #expect(ledger.add(2) == true)
        #expect(ledger.reject(1, requeue: true) == true)
        #expect(ledger.acknowledge(1) == false)
        #expect(ledger.acknowledge(2) == true)
        #expect(ledger.reject(2, requeue: false) == false)
        #expect(ledger.acknowledge(3) == false)
        #expect(ledger.takeDue() == [.reject(1, requeue: true), .acknowledge(2, isMultiple: true)])
        #expect(ledger.takeDue().isEmpty)
        #expect(ledger.acknowledge(2) == false)
    }

    @Test func `a wait before a connection grows to its limit, and chance makes it shorter by half at most`() {
        var backoff = ReconnectBackoff()
        #expect(backoff.wait(fraction: 0) == ReconnectBackoff.first)
        #expect(backoff.wait(fraction: 1) == ReconnectBackoff.first)
        for _ in 0..<20 { _ = backoff.wait(fraction: 0.3) }
        #expect(backoff.wait(fraction: 0) == ReconnectBackoff.longest)
        #expect(backoff.wait(fraction: 0.999_999) > ReconnectBackoff.longest / 2 - 1)
        backoff.reset()
        #expect(backoff.wait(fraction: 0) == ReconnectBackoff.first)
    }
}
