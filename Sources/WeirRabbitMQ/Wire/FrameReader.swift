// SPDX-License-Identifier: Apache-2.0

import CRabbitMQ

/// Copies what the library decoded into values of ours.
enum FrameReader {
    /// What travels in no header of ours: names that brokers keep for themselves.
    static func isOfBroker(_ name: String) -> Bool { name.hasPrefix("x-") || name == "CC" || name == "BCC" }

    static func text(_ bytes: amqp_bytes_t) -> String {
        guard let start = bytes.bytes, bytes.len > 0 else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: bytes.len), as: UTF8.self)
    }

    /// Reads one frame.
    static func read(_ frame: inout amqp_frame_t) -> BrokerFrame {
        switch Int32(frame.frame_type) {
        case Int32(AMQP_FRAME_METHOD): return method(&frame)
        case Int32(AMQP_FRAME_HEADER):
            // That of another class is none of a message.
            guard let properties = weir_amqp_properties(&frame) else { return .other }
            return .header(size: weir_amqp_body_size(&frame), self.properties(properties))
        case Int32(AMQP_FRAME_BODY):
            let body = weir_amqp_body(&frame)
            guard let start = body.bytes else { return .body([]) }
            return .body([UInt8](UnsafeRawBufferPointer(start: start, count: body.len)))
        default: return .other
        }
    }

    private static func method(_ frame: inout amqp_frame_t) -> BrokerFrame {
        guard let arguments = weir_amqp_arguments(&frame) else { return .other }
        switch weir_amqp_method(&frame) {
        case AMQP_BASIC_DELIVER_METHOD:
            let method = arguments.assumingMemoryBound(to: amqp_basic_deliver_t.self).pointee
            return .deliver(tag: method.delivery_tag, isRedelivered: method.redelivered != 0)
        case AMQP_BASIC_ACK_METHOD:
            let method = arguments.assumingMemoryBound(to: amqp_basic_ack_t.self).pointee
            return .acknowledged(tag: method.delivery_tag, isMultiple: method.multiple != 0)
        case AMQP_BASIC_NACK_METHOD:
            let method = arguments.assumingMemoryBound(to: amqp_basic_nack_t.self).pointee
            return .refused(tag: method.delivery_tag, isMultiple: method.multiple != 0)
        case AMQP_BASIC_RETURN_METHOD:
            let method = arguments.assumingMemoryBound(to: amqp_basic_return_t.self).pointee
            return .returned(exchange: text(method.exchange), key: text(method.routing_key))
        case AMQP_BASIC_CANCEL_METHOD: return .cancelled
        case AMQP_CHANNEL_CLOSE_METHOD: return .channelClosed(channelFault(arguments))
        case AMQP_CONNECTION_CLOSE_METHOD: return .connectionClosed(connectionFault(arguments))
        case AMQP_CONNECTION_BLOCKED_METHOD:
            return .blocked(text(arguments.assumingMemoryBound(to: amqp_connection_blocked_t.self).pointee.reason))
        case AMQP_CONNECTION_UNBLOCKED_METHOD: return .unblocked
        default: return .other
        }
    }

    static func channelFault(_ arguments: UnsafeMutableRawPointer) -> BrokerFault {
        let method = arguments.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
        return BrokerFault(scope: .channel, code: Int(method.reply_code), text: text(method.reply_text))
    }

    static func connectionFault(_ arguments: UnsafeMutableRawPointer) -> BrokerFault {
        let method = arguments.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
        return BrokerFault(scope: .connection, code: Int(method.reply_code), text: text(method.reply_text))
    }

    private static func properties(_ pointer: UnsafeMutableRawPointer) -> BrokerProperties {
        var found = BrokerProperties()
        let properties = pointer.assumingMemoryBound(to: amqp_basic_properties_t.self).pointee
        let flags = properties._flags
        if flags & amqp_flags_t(AMQP_BASIC_CONTENT_TYPE_FLAG) != 0 { found.contentType = text(properties.content_type) }
        if flags & amqp_flags_t(AMQP_BASIC_MESSAGE_ID_FLAG) != 0 { found.messageID = text(properties.message_id) }
        guard flags & amqp_flags_t(AMQP_BASIC_HEADERS_FLAG) != 0, let entries = properties.headers.entries else {
            return found
        }
        let count = Int(properties.headers.num_entries)
        found.headers.reserveCapacity(count)
        for index in 0..<count {
            let name = text(entries[index].key)
            guard !isOfBroker(name), let value = value(entries + index) else { continue }
            found.headers[name] = value
        }
        return found
    }

    /// A value as a text; nil for lists, tables and other things that no header of ours is.
    private static func value(_ entry: UnsafeMutablePointer<amqp_table_entry_t>) -> String? {
        let kind = UInt32(entry.pointee.value.kind)
        if kind == AMQP_FIELD_KIND_UTF8.rawValue || kind == AMQP_FIELD_KIND_BYTES.rawValue {
            return text(weir_amqp_text(&entry.pointee.value).pointee)
        }
        if kind == AMQP_FIELD_KIND_BOOLEAN.rawValue {
            return weir_amqp_flag(&entry.pointee.value) != 0 ? "true" : "false"
        }
        var isNumber: Int32 = 0
        let number = weir_amqp_number(&entry.pointee.value, &isNumber)
        return isNumber != 0 ? String(number) : nil
    }
}
