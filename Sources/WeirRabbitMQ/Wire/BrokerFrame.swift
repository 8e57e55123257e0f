// SPDX-License-Identifier: Apache-2.0

/// One frame as the library decoded it, copied out, since the library's memory lives for one turn of the loop only.
enum BrokerFrame: Sendable, Hashable {
    /// A message follows: a delivery to the channel's consumer.
    case deliver(tag: UInt64, isRedelivered: Bool)
    /// A message follows: it comes back to its publisher.
    case returned(exchange: String, key: String)
    case header(size: UInt64, BrokerProperties)
    case body([UInt8])
    case acknowledged(tag: UInt64, isMultiple: Bool)
    case refused(tag: UInt64, isMultiple: Bool)
    /// The broker ended the channel's consumer.
    case cancelled
    case channelClosed(BrokerFault)
    case connectionClosed(BrokerFault)
    case blocked(String)
    case unblocked
    /// Nothing that anybody waits for.
    case other
}

/// What a message says of itself in its header frame.
struct BrokerProperties: Sendable, Hashable {
    var contentType: String?
    var messageID: String?
    /// Headers that have a text, a number or a truth; those of the broker (`x-`) are left out.
    var headers: [String: String] = [:]
}

/// A whole message.
struct BrokerContent: Sendable, Hashable {
    var properties = BrokerProperties()
    var body: [UInt8] = []
}

/// What a broker tells, messages put together.
enum BrokerNews: Sendable, Hashable {
    case delivered(tag: UInt64, isRedelivered: Bool, BrokerContent)
    case returned(exchange: String, key: String, BrokerContent)
    case acknowledged(tag: UInt64, isMultiple: Bool)
    case refused(tag: UInt64, isMultiple: Bool)
    case cancelled
    case channelClosed(BrokerFault)
    case connectionClosed(BrokerFault)
    case blocked(String)
    case unblocked
}
