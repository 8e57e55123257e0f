// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

/// A message as it is published: where to, what it says of itself, and its body.
struct BrokerPublish: Sendable, Hashable {
    let exchange: String
    let key: String
    let contentType: String?
    let headers: [String: String]
    /// The event's id, which a message that comes back is known by.
    let id: String
    /// The event's type, which the routing key says no more once a message has been through a delay queue.
    let type: String?
    let correlation: String?
    /// The event's time in whole seconds of the epoch, as the protocol has times.
    let seconds: UInt64?
    let body: [UInt8]

    /// About how many bytes it takes.
    var weight: Int { body.count + headersWeight }

    /// About how many bytes its headers take.
    var headersWeight: Int { headers.reduce(64) { $0 + $1.key.utf8.count + $1.value.utf8.count + 6 } }

    /// Why the protocol has no room for it; nil where it has. The library would send garbage, or lose the connection.
    var misfit: String? {
        let longest = BrokerNames.longest
        if headersWeight > BrokerSession.largestHeaders {
            return "its headers take more than \(BrokerSession.largestHeaders) bytes"
        }
        if key.utf8.count > longest { return "its key is longer than \(longest) bytes" }
        if let contentType, contentType.utf8.count > longest {
            return "its content type is longer than \(longest) bytes"
        }
        if headers.keys.contains(where: { $0.utf8.count > longest }) {
            return "the name of a header is longer than \(longest) bytes"
        }
        if UInt64(body.count) > FrameAssembler.largestBody {
            return "its body is longer than \(FrameAssembler.largestBody) bytes"
        }
        return nil
    }

    /// A message for an exchange.
    /// - Throws: ``EventFormatError`` when the event may not travel in this envelope.
    init(
        _ message: EventMessage, as envelope: BusNode.Envelope, to exchange: String, key: String
    ) throws(EventFormatError) {
        let wire: WireMessage
        let event = message.event
        if let event {
            wire = try WireMessage(event, as: envelope)
        } else if case .unreadable(let known, _) = message.content {
            wire = known
        } else {
            wire = WireMessage()
        }
        let trail = DeliveryTrail.names
        headers = wire.headers.filter { !FrameReader.isOfBroker($0.key) && !trail.contains($0.key) }
            .merging(message.trail.headers) { _, new in new }
        contentType = wire.contentType
        body = wire.body
        id = Self.short(event?.id) ?? ""
        type = Self.short(event?.type)
        correlation = Self.short(event?.extensions["correlationid"])
        seconds = event?.time.flatMap { UInt64(exactly: $0.secondsSince1970) }
        self.exchange = exchange
        self.key = key
    }

    /// A text that fits where the protocol has room for 255 bytes.
    private static func short(_ text: String?) -> String? { text.flatMap { $0.utf8.count <= 255 ? $0 : nil } }
}
