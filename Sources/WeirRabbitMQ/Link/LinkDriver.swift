// SPDX-License-Identifier: Apache-2.0

/// What a link is for. All methods are called on the link's thread, one at a time.
protocol LinkDriver: Sendable {
    /// A connection was made.
    func open(_ session: BrokerSession) throws(BrokerFault)
    /// Does what was asked of it since; whether there is more to do at once.
    func work(_ session: BrokerSession) throws(BrokerFault) -> Bool
    /// Hears what the broker tells.
    func hear(_ news: BrokerNews, on channel: UInt16, _ session: BrokerSession) throws(BrokerFault)
    /// What came in one go has been heard; whether that gave more to do at once.
    func settle() -> Bool
    /// The connection is gone.
    func lost(_ fault: BrokerFault)
    /// There will be no other connection.
    func end()
}

/// Does nothing but what it is asked by jobs.
struct IdleDriver: LinkDriver {
    func open(_ session: BrokerSession) throws(BrokerFault) {}
    func work(_ session: BrokerSession) throws(BrokerFault) -> Bool { false }
    func hear(_ news: BrokerNews, on channel: UInt16, _ session: BrokerSession) throws(BrokerFault) {
        // A channel that is closed outside of a call is none of a job, which waits for its answers.
        if case .channelClosed = news { try session.confirmClosed(channel) }
    }
    func settle() -> Bool { false }
    func lost(_ fault: BrokerFault) {}
    func end() {}
}
