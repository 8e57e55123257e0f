// SPDX-License-Identifier: Apache-2.0

/// Puts messages together from frames. Each channel has its own content under way, since brokers may mix the frames of channels.
struct FrameAssembler: Sendable {
    /// The largest body that is read: 128 MiB, the broker's own limit.
    static let largestBody: UInt64 = 128 << 20
    /// What is reserved for a body at once, whatever its header says.
    private static let largestReserve = 1 << 20

    private enum Intent: Sendable {
        case deliver(tag: UInt64, isRedelivered: Bool)
        case returned(exchange: String, key: String)
    }

    private struct Content: Sendable {
        let intent: Intent
        /// The size that its header states; nil before the header has come.
        var size: Int?
        var content = BrokerContent()

        var news: BrokerNews {
            switch intent {
            case .deliver(let tag, let isRedelivered):
                .delivered(tag: tag, isRedelivered: isRedelivered, content)
            case .returned(let exchange, let key): .returned(exchange: exchange, key: key, content)
            }
        }
    }

    private var underWay: [UInt16: Content] = [:]

    /// Takes a frame; what is told with it, if it completes something.
    /// - Throws: ``BrokerFault`` when no broker that keeps to the protocol sends such a frame; the connection must end.
    mutating func take(_ frame: BrokerFrame, on channel: UInt16) throws(BrokerFault) -> BrokerNews? {
        switch frame {
        case .deliver(let tag, let isRedelivered):
            return try begin(.deliver(tag: tag, isRedelivered: isRedelivered), on: channel)
        case .returned(let exchange, let key): return try begin(.returned(exchange: exchange, key: key), on: channel)
        case .header(let size, let properties): return try header(size, properties, on: channel)
        case .body(let bytes): return try body(bytes, on: channel)
        case .channelClosed(let fault):
            // What was under way on it never ends.
            underWay[channel] = nil
            return .channelClosed(fault)
        case .connectionClosed(let fault): return .connectionClosed(fault)
        case .blocked(let reason): return .blocked(reason)
        case .unblocked: return .unblocked
        case .acknowledged, .refused, .cancelled, .other:
            guard underWay[channel] == nil else { throw .connection("a method came in the middle of a message") }
            switch frame {
            case .acknowledged(let tag, let isMultiple): return .acknowledged(tag: tag, isMultiple: isMultiple)
            case .refused(let tag, let isMultiple): return .refused(tag: tag, isMultiple: isMultiple)
            case .cancelled: return .cancelled
            default: return nil
            }
        }
    }

    /// Forgets a channel that was closed.
    mutating func forget(_ channel: UInt16) { underWay[channel] = nil }

    private mutating func begin(_ intent: Intent, on channel: UInt16) throws(BrokerFault) -> BrokerNews? {
        guard underWay[channel] == nil else { throw .connection("a message began in the middle of another") }
        underWay[channel] = Content(intent: intent)
        return nil
    }

    private mutating func header(
        _ size: UInt64, _ properties: BrokerProperties, on channel: UInt16
    ) throws(BrokerFault) -> BrokerNews? {
        guard var content = underWay[channel], content.size == nil else {
            throw .connection("a header came without its message")
        }
        guard size <= Self.largestBody else {
            throw .connection("a message of \(size) bytes is announced, more than \(Self.largestBody)")
        }
        content.size = Int(size)
        content.content.properties = properties
        return finish(content, on: channel)
    }

    private mutating func body(_ bytes: [UInt8], on channel: UInt16) throws(BrokerFault) -> BrokerNews? {
        // Taken out meanwhile, so that its bytes are not copied with each frame.
        guard var content = underWay.removeValue(forKey: channel), let size = content.size else {
            throw .connection("a body came without its header")
        }
        guard !bytes.isEmpty, bytes.count <= size - content.content.body.count else {
            throw .connection("a message is longer than its header says")
        }
        if content.content.body.isEmpty {
            content.content.body = bytes
            if bytes.count < size { content.content.body.reserveCapacity(min(size, Self.largestReserve)) }
        } else {
            content.content.body += bytes
        }
        return finish(content, on: channel)
    }

    private mutating func finish(_ content: Content, on channel: UInt16) -> BrokerNews? {
        guard content.content.body.count == content.size else {
            underWay[channel] = content
            return nil
        }
        underWay[channel] = nil
        return content.news
    }
}
