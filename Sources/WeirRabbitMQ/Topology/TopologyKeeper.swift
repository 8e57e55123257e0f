// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirEvents

/// What was declared at a broker, so that whoever finds a part of it gone brings it back: brokers lose their memory, and people delete queues.
final class TopologyKeeper: Sendable {
    private let declared = Mutex<BrokerTopology?>(nil)
    private let tell: RabbitMQEvent.Listener?

    init(_ tell: RabbitMQEvent.Listener?) { self.tell = tell }

    var topology: BrokerTopology? { declared.withLock { $0 } }

    func keep(_ topology: BrokerTopology) { declared.withLock { $0 = topology } }

    /// Brings about what is missing, over a channel that nobody uses; what cannot be is told, and the rest goes on.
    func restore(_ session: BrokerSession, on channel: UInt16) throws(BrokerFault) {
        guard let topology else { return }
        let reason: String
        do throws(BrokerFault) {
            let found = try TopologyDeclaration(topology: topology, unbound: [], channel: channel).run(session)
            guard !found.isEmpty else { return }
            reason = found.map { "\($0)" }.joined(separator: "; ")
        } catch {
            guard error.scope != .connection else { throw error }
            reason = error.description
        }
        tell?(RabbitMQEvent(.topologyRefused, connection: nil, queue: nil, reason: reason))
    }
}
