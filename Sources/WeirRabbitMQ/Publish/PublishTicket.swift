// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirEvents
import WeirResilience

/// A message that somebody waits for the outcome of.
final class PublishTicket: Sendable {
    let message: BrokerPublish
    let weight: Int
    private let signal = Signal()
    private let outcome = Mutex<PublishOutcome?>(nil)

    init(_ message: BrokerPublish) {
        self.message = message
        weight = message.weight
    }

    /// Whether somebody still waits.
    var isWanted: Bool { outcome.withLock { $0 == nil } }

    func finish(_ new: PublishOutcome) {
        let isFirst = outcome.withLock { outcome in
            guard outcome == nil else { return false }
            outcome = new
            return true
        }
        if isFirst { signal.give() }
    }

    /// Waits for the outcome, at most until a time; then nobody can tell.
    func outcome(until deadline: UInt64, on clock: EngineClock, or late: () -> String) async -> PublishOutcome {
        if !(await signal.wait(until: deadline, on: clock)) { finish(.unknown(late())) }
        return outcome.withLock { $0 } ?? .unknown(late())
    }
}
