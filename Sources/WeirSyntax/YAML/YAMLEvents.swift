// SPDX-License-Identifier: Apache-2.0

import CLibYAML

/// The events of one YAML text, read with libyaml; nothing of C is seen outside of it.
///
/// The bytes must be UTF-8, which the caller has checked. A byte order mark is passed over.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var positions: BytePositions

    /// A reader at the start of the bytes, of which it keeps a copy; `isASCII` may only be true where they are.
    init(_ bytes: [UInt8], isASCII: Bool) throws(YAMLFault) {
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.update(fromContentsOf: bytes)
        event = .allocate(capacity: 1)
        parser = .allocate(capacity: 1)
        event.initialize(to: yaml_event_t())
        parser.initialize(to: yaml_parser_t())
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        positions = BytePositions(UnsafeBufferPointer(input), from: mark, to: bytes.count, isASCII: isASCII)
        guard yaml_parser_initialize(parser) == 1 else { throw YAMLFault(.memory, at: 0) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress.map { $0 + mark }, bytes.count - mark)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
        input.deallocate()
    }

    /// The next event; a scalar's decoded text is appended to `text`, with a line end after it.
    mutating func next(into text: inout [UInt8]) throws(YAMLFault) -> YAMLEvent {
        guard yaml_parser_parse(parser, event) == 1 else { throw fault() }
        defer { yaml_event_delete(event) }
        let start = positions.byte(ofCharacter: event.pointee.start_mark.index)
        let end = positions.byte(ofCharacter: event.pointee.end_mark.index)
        switch event.pointee.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.pointee.data.scalar
            let first = text.count
            text.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
            let range = first..<text.count
            text.append(0x0A)
            return YAMLEvent(
                kind: .scalar, style: style(of: scalar.style), start: start, end: end, text: range,
                anchor: name(scalar.anchor), hasTag: scalar.tag != nil)
        case YAML_ALIAS_EVENT:
            let anchor = name(event.pointee.data.alias.anchor)
            return YAMLEvent(kind: .alias, style: .plain, start: start, end: end, anchor: anchor)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.pointee.data.sequence_start
            return YAMLEvent(
                kind: .sequenceStart, style: sequence.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block,
                start: start, end: end, anchor: name(sequence.anchor), hasTag: sequence.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let mapping = event.pointee.data.mapping_start
            return YAMLEvent(
                kind: .mappingStart, style: mapping.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block,
                start: start, end: end, anchor: name(mapping.anchor), hasTag: mapping.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, style: .block, start: start, end: end)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, style: .block, start: start, end: end)
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, style: .block, start: start, end: end)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, style: .block, start: start, end: end)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, style: .block, start: start, end: end)
        default: return YAMLEvent(kind: .streamEnd, style: .block, start: start, end: end)
        }
    }

    private func style(of style: yaml_scalar_style_t) -> YAMLEvent.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        anchor.map { String(decodingCString: $0, as: UTF8.self) }
    }

    /// What libyaml objects to, with its places in bytes.
    private mutating func fault() -> YAMLFault {
        let failed = parser.pointee
        guard failed.error != YAML_MEMORY_ERROR else { return YAMLFault(.memory, at: 0) }
        let problem = failed.problem.map { String(cString: $0) } ?? ""
        guard failed.error != YAML_READER_ERROR else {
            return YAMLFault(.unreadable, problem, at: positions.first + failed.problem_offset)
        }
        return YAMLFault(
            .syntax, problem, at: positions.byte(ofCharacter: failed.problem_mark.index),
            context: failed.context.map { String(cString: $0) } ?? "",
            contextAt: positions.byte(ofCharacter: failed.context_mark.index))
    }
}
