// SPDX-License-Identifier: Apache-2.0

import WeirEvents

/// Brings a topology about at a broker: looks at what exists before it changes anything.
struct TopologyDeclaration: Sendable {
    let topology: BrokerTopology
    /// What was bound before and is not any more.
    let unbound: Set<BrokerTopology.Binding>
    /// The channel to ask over, which nobody uses.
    var channel: UInt16 = 1

    /// Declares everything; what of it exists in another way, in which case nothing was changed.
    func run(_ session: BrokerSession) throws(BrokerFault) -> [TopologyPlan.Step] {
        try session.openChannel(channel)
        var missing: [BrokerTopology.Part] = []
        var incompatible: [TopologyPlan.Step] = []
        for part in topology.exchanges + topology.queues {
            guard try exists(part, session) else {
                missing.append(part)
                continue
            }
            let fault = try refusal(session) { session throws(BrokerFault) in try declare(part, session) }
            // Who may not declare takes what is there as it is.
            if let fault, fault.code == 406 { incompatible.append(Self.step(part, fault)) }
        }
        guard incompatible.isEmpty else {
            try session.closeChannel(channel)
            return incompatible
        }
        for part in missing { try declare(part, session) }
        for binding in topology.bindings {
            try session.bind(binding.queue, to: binding.exchange, by: binding.key, on: channel)
        }
        for binding in unbound {
            try session.unbind(binding.queue, from: binding.exchange, by: binding.key, on: channel)
        }
        try session.closeChannel(channel)
        return []
    }

    private func exists(_ part: BrokerTopology.Part, _ session: BrokerSession) throws(BrokerFault) -> Bool {
        let fault = try refusal(session) { session throws(BrokerFault) in
            if let kind = part.kind {
                try session.declareExchange(part.name, kind: kind, on: channel, isPassive: true)
            } else {
                try session.declareQueue(part.name, on: channel, isPassive: true)
            }
        }
        return fault?.code != 404
    }

    private func declare(_ part: BrokerTopology.Part, _ session: BrokerSession) throws(BrokerFault) {
        if let kind = part.kind {
            try session.declareExchange(part.name, kind: kind, on: channel, arguments: part.arguments)
        } else {
            try session.declareQueue(part.name, on: channel, arguments: part.arguments)
        }
    }

    /// Asks, and opens the channel again where the answer cost it; that answer.
    private func refusal(
        _ session: BrokerSession, _ body: (BrokerSession) throws(BrokerFault) -> Void
    ) throws(BrokerFault) -> BrokerFault? {
        do throws(BrokerFault) {
            try body(session)
            return nil
        } catch {
            guard error.scope == .channel else { throw error }
            try session.openChannel(channel)
            return error
        }
    }

    /// What a broker's answer says, such as `inequivalent arg 'x-queue-type' for queue 'work' in vhost '/': received 'classic' but current is
    /// 'quorum'`.
    private static func step(_ part: BrokerTopology.Part, _ fault: BrokerFault) -> TopologyPlan.Step {
        .incompatible(
            part.owner, setting: fault.name(after: "arg") ?? "other arguments",
            from: fault.name(after: "is") ?? "what it has", to: fault.name(after: "received") ?? "what is declared")
    }
}
