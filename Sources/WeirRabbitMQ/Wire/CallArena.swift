// SPDX-License-Identifier: Apache-2.0

import CRabbitMQ

/// Memory for the arguments of one call of the library: texts and tables that C reads before the call returns. Used by one thread.
final class CallArena {
    private static let chunk = 32 << 10

    private let memory = UnsafeMutableRawPointer.allocate(byteCount: CallArena.chunk, alignment: 16)
    private var used = 0
    /// What did not fit into the chunk.
    private var large: [UnsafeMutableRawPointer] = []

    deinit {
        reset()
        memory.deallocate()
    }

    /// Lets go of everything that was handed out.
    func reset() {
        used = 0
        for pointer in large { pointer.deallocate() }
        large.removeAll(keepingCapacity: true)
    }

    private func allocate(_ count: Int) -> UnsafeMutableRawPointer {
        let start = (used + 15) & ~15
        if start + count <= Self.chunk {
            used = start + count
            return memory + start
        }
        let pointer = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
        large.append(pointer)
        return pointer
    }

    /// A text as the library takes it.
    func bytes(_ text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { utf8 in
            let copy = allocate(utf8.count)
            if let base = utf8.baseAddress { copy.copyMemory(from: base, byteCount: utf8.count) }
            return weir_amqp_bytes(copy, utf8.count)
        }
    }

    /// A table of texts, numbers, truths and tables.
    func table(_ entries: [String: BrokerValue]) -> amqp_table_t {
        let count = entries.count
        let memory = allocate(count * MemoryLayout<amqp_table_entry_t>.stride)
        let list = memory.bindMemory(to: amqp_table_entry_t.self, capacity: count)
        for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            set(entry.value, bytes(entry.key), in: list + index)
        }
        return amqp_table_t(num_entries: Int32(count), entries: list)
    }

    /// A table of texts.
    func table(_ entries: [String: String]) -> amqp_table_t {
        let count = entries.count
        let memory = allocate(count * MemoryLayout<amqp_table_entry_t>.stride)
        let list = memory.bindMemory(to: amqp_table_entry_t.self, capacity: count)
        var index = 0
        for (key, value) in entries {
            weir_amqp_set_text(list + index, bytes(key), bytes(value))
            index += 1
        }
        return amqp_table_t(num_entries: Int32(count), entries: list)
    }

    private func set(_ value: BrokerValue, _ key: amqp_bytes_t, in entry: UnsafeMutablePointer<amqp_table_entry_t>) {
        switch value {
        case .text(let text): weir_amqp_set_text(entry, key, bytes(text))
        case .number(let number): weir_amqp_set_number(entry, key, number)
        case .flag(let flag): weir_amqp_set_flag(entry, key, flag ? 1 : 0)
        case .table(let entries): weir_amqp_set_table(entry, key, table(entries))
        }
    }
}

/// A value in a table of AMQP.
enum BrokerValue: Sendable, Hashable {
    case text(String)
    case number(Int64)
    case flag(Bool)
    case table([String: BrokerValue])
}
