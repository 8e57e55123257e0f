// SPDX-License-Identifier: Apache-2.0

/// One step of reading YAML: a scalar, an alias, or an edge of a collection, with its place in bytes.
struct YAMLEvent {
    /// What was met.
    enum Kind: UInt8 {
        case streamStart, streamEnd, documentStart, documentEnd
        case scalar, alias, sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    /// How a scalar or a collection is written.
    enum Style: UInt8 {
        case plain, singleQuoted, doubleQuoted, literal, folded
        case block, flow
    }

    let kind: Kind
    let style: Style
    /// The first byte in the file, an anchor or a tag before the content included.
    let start: Int
    /// The byte after the last.
    let end: Int
    /// Where a scalar's decoded text stands in the text that the reader collects.
    var text: Range<Int> = 0..<0
    /// The anchor that it defines, or that an alias names.
    var anchor: String?
    /// Whether it carries a tag such as `!!int`.
    var hasTag = false
}
