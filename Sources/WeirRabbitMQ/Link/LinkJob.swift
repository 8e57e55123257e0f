// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirResilience

/// Something to be done once on a link's thread, and who waits for it.
final class LinkJob<Value: Sendable>: AnyLinkJob {
    private let signal = Signal()
    private let result = Mutex<Result<Value, BrokerFault>?>(nil)
    private let body: @Sendable (BrokerSession) throws(BrokerFault) -> Value

    init(_ body: @escaping @Sendable (BrokerSession) throws(BrokerFault) -> Value) { self.body = body }

    /// Whether somebody still waits for it.
    var isWanted: Bool { result.withLock { $0 == nil } }

    func run(_ session: BrokerSession) throws(BrokerFault) {
        do throws(BrokerFault) {
            finish(.success(try body(session)))
        } catch {
            // With a connection goes no job: it is done over the next one, as long as somebody waits.
            if error.scope == .connection { throw error }
            finish(.failure(error))
        }
    }

    func fail(_ fault: BrokerFault) { finish(.failure(fault)) }

    private func finish(_ new: Result<Value, BrokerFault>) {
        let isFirst = result.withLock { result in
            guard result == nil else { return false }
            result = new
            return true
        }
        if isFirst { signal.give() }
    }

    /// Waits for the end of it, at most until a time.
    func value(until deadline: UInt64, on clock: EngineClock, or late: () -> BrokerFault) async throws(BrokerFault)
        -> Value
    {
        if !(await signal.wait(until: deadline, on: clock)) { fail(late()) }
        guard let result = result.withLock({ $0 }) else { throw late() }
        return try result.get()
    }
}

/// A job, whatever it brings.
protocol AnyLinkJob: Sendable {
    var isWanted: Bool { get }
    /// Does it; throws when that cost the connection, and then it is to be done again.
    func run(_ session: BrokerSession) throws(BrokerFault)
    func fail(_ fault: BrokerFault)
}
