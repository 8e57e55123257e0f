// SPDX-License-Identifier: Apache-2.0

import CRabbitMQ
import Glibc

/// What is asked of a broker and answered by it.
extension BrokerSession {
    /// Throws what the last call was answered with. A channel that the broker closed is gone; the library leaves it to us to say so.
    private func answer(on channel: UInt16) throws(BrokerFault) {
        defer { arena.reset() }
        do throws(BrokerFault) {
            try Self.check(amqp_get_rpc_reply(state), state)
        } catch {
            if error.scope == .channel { try confirmClosed(channel) }
            throw error
        }
    }

    /// Says that a closed channel is known to be closed; only then its number may be used again.
    func confirmClosed(_ channel: UInt16) throws(BrokerFault) {
        forget(channel)
        var method = amqp_channel_close_ok_t()
        try Self.check(amqp_send_method(state, channel, AMQP_CHANNEL_CLOSE_OK_METHOD, &method))
    }

    func openChannel(_ channel: UInt16) throws(BrokerFault) {
        amqp_channel_open(state, channel)
        try answer(on: channel)
    }

    func closeChannel(_ channel: UInt16) throws(BrokerFault) {
        let reply = amqp_channel_close(state, channel, AMQP_REPLY_SUCCESS)
        forget(channel)
        try Self.check(reply, state)
    }

    func confirmPublishes(on channel: UInt16) throws(BrokerFault) {
        amqp_confirm_select(state, channel)
        try answer(on: channel)
    }

    func setPrefetch(_ count: UInt16, on channel: UInt16) throws(BrokerFault) {
        amqp_basic_qos(state, channel, 0, count, 0)
        try answer(on: channel)
    }

    func consume(_ queue: String, as tag: String, on channel: UInt16) throws(BrokerFault) {
        amqp_basic_consume(
            state, channel, arena.bytes(queue), arena.bytes(tag), 0, 0, 0, arena.table([:] as [String: String]))
        try answer(on: channel)
    }

    func cancel(_ tag: String, on channel: UInt16) throws(BrokerFault) {
        amqp_basic_cancel(state, channel, arena.bytes(tag))
        try answer(on: channel)
    }

    func declareExchange(
        _ name: String, kind: String, on channel: UInt16, arguments: [String: BrokerValue] = [:],
        isPassive: Bool = false
    ) throws(BrokerFault) {
        amqp_exchange_declare(
            state, channel, arena.bytes(name), arena.bytes(kind), isPassive ? 1 : 0, 1, 0, 0, arena.table(arguments))
        try answer(on: channel)
    }

    /// Declares a queue; how many messages wait in it.
    @discardableResult
    func declareQueue(
        _ name: String, on channel: UInt16, arguments: [String: BrokerValue] = [:], isPassive: Bool = false
    ) throws(BrokerFault) -> Int {
        let reply = amqp_queue_declare(
            state, channel, arena.bytes(name), isPassive ? 1 : 0, 1, 0, 0, arena.table(arguments))
        let count = reply.map { Int($0.pointee.message_count) }
        try answer(on: channel)
        return count ?? 0
    }

    func bind(_ queue: String, to exchange: String, by key: String, on channel: UInt16) throws(BrokerFault) {
        amqp_queue_bind(
            state, channel, arena.bytes(queue), arena.bytes(exchange), arena.bytes(key),
            arena.table([:] as [String: String]))
        try answer(on: channel)
    }

    func unbind(_ queue: String, from exchange: String, by key: String, on channel: UInt16) throws(BrokerFault) {
        amqp_queue_unbind(
            state, channel, arena.bytes(queue), arena.bytes(exchange), arena.bytes(key),
            arena.table([:] as [String: String]))
        try answer(on: channel)
    }

    /// Ends the connection as the protocol has it; waits for the answer at most a call's time.
    func close() { amqp_connection_close(state, AMQP_REPLY_SUCCESS) }

    // MARK: Without an answer

    func publish(_ message: BrokerPublish, on channel: UInt16) throws(BrokerFault) {
        defer { arena.reset() }
        var properties = amqp_basic_properties_t()
        var flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_HEADERS_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG
        properties.delivery_mode = 2
        properties.headers = arena.table(message.headers)
        properties.message_id = arena.bytes(message.id)
        if let type = message.contentType {
            flags |= AMQP_BASIC_CONTENT_TYPE_FLAG
            properties.content_type = arena.bytes(type)
        }
        if let type = message.type {
            flags |= AMQP_BASIC_TYPE_FLAG
            properties.type = arena.bytes(type)
        }
        if let correlation = message.correlation {
            flags |= AMQP_BASIC_CORRELATION_ID_FLAG
            properties.correlation_id = arena.bytes(correlation)
        }
        if let seconds = message.seconds {
            flags |= AMQP_BASIC_TIMESTAMP_FLAG
            properties.timestamp = seconds
        }
        properties._flags = amqp_flags_t(flags)
        let (exchange, key) = (arena.bytes(message.exchange), arena.bytes(message.key))
        let status = message.body.withUnsafeBytes { body in
            amqp_basic_publish(
                state, channel, exchange, key, 1, 0, &properties, weir_amqp_bytes(body.baseAddress, body.count))
        }
        if status == AMQP_STATUS_TABLE_TOO_BIG.rawValue {
            throw BrokerFault(scope: .request, text: "its headers do not fit into one frame")
        }
        try Self.check(status)
    }

    func acknowledge(_ tag: UInt64, isMultiple: Bool, on channel: UInt16) throws(BrokerFault) {
        try Self.check(amqp_basic_ack(state, channel, tag, isMultiple ? 1 : 0))
    }

    func reject(_ tag: UInt64, requeue: Bool, on channel: UInt16) throws(BrokerFault) {
        try Self.check(amqp_basic_reject(state, channel, tag, requeue ? 1 : 0))
    }
}
