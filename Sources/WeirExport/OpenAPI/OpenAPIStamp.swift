// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
public import WeirPolicy
import WeirSyntax

extension OpenAPIDescription {
    /// The file with `deprecated` and `x-sunset` at every operation that a version has and that ends; all else stays as it is.
    /// - Returns: the bytes, and the operations of the file that the version does not have.
    public func stamped(_ api: ApiNode, _ version: ApiVersionNode, at now: Instant) -> (
        bytes: [UInt8], strangers: [String]
    ) {
        var edits: [(place: SourceRange, text: String)] = []
        var strangers: [String] = []
        for operation in operations {
            let path = Self.shape(route(operation.path, of: version.version, base: api.base))
            let found = version.routes.first { $0.method == operation.method && Self.shape($0.path) == path }
            guard let found else {
                strangers.append("\(operation.method) \(operation.path)")
                continue
            }
            let timeline = LifecycleTimeline(version, route: found)
            let isDeprecated = timeline.deprecated.map { $0 <= now } ?? false
            edits += Self.edits(operation.node, "deprecated", isDeprecated ? "true" : nil, in: source.bytes)
            edits += Self.edits(operation.node, "x-sunset", timeline.sunset.map { "\"\($0)\"" }, in: source.bytes)
        }
        var bytes = source.bytes
        // From the end to the beginning, so that no edit moves the place of another one.
        for edit in edits.enumerated().sorted(by: {
            ($0.element.place.start, $0.offset) > ($1.element.place.start, $1.offset)
        }) {
            bytes.replaceSubrange(
                Int(edit.element.place.start)..<Int(edit.element.place.end), with: Array(edit.element.text.utf8))
        }
        return (bytes, strangers)
    }

    /// A path whose parameters have no names.
    private static func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.first == "{" ? "{}" : String($0) }.joined(separator: "/")
    }

    /// Replaces the value of a key, or puts both before the first key; nil leaves out what is not there already.
    private static func edits(
        _ node: PlainDocument.Node, _ key: String, _ value: String?, in bytes: [UInt8]
    ) -> [(place: SourceRange, text: String)] {
        if let old = node[key] {
            guard let value = value ?? (key == "deprecated" ? "false" : nil) else { return [] }
            return [(old.range, value)]
        }
        guard let value, let first = node.entries.first?.key else { return [] }
        let start = Int(first.range.start)
        let place = SourceRange(start: start, end: start)
        let line = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let before = bytes[line..<start]
        if isFlow(node, bytes) { return [(place, "\"\(key)\": \(value), ")] }
        return [(place, "\(key): \(value)\n" + String(repeating: " ", count: before.count))]
    }

    private static func isFlow(_ node: PlainDocument.Node, _ bytes: [UInt8]) -> Bool {
        bytes.indices.contains(Int(node.range.start)) && bytes[Int(node.range.start)] == UInt8(ascii: "{")
    }
}
