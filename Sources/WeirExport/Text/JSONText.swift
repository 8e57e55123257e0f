// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A JSON document that begins with its version and has an element a line, so that a difference is read like one of a text.
enum JSONText {
    /// A member of the document's outermost object.
    enum Member {
        case value(String, JSON)
        case list(String, [JSON])
    }

    static func document(version: Int, _ members: [Member]) -> String {
        var lines = ["{\"version\":\(version)"]
        for member in members {
            lines[lines.count - 1] += ","
            switch member {
            case .value(let key, let value): lines.append("\"\(key)\":\(value.line)")
            case .list(let key, let elements):
                let rows = elements.map(\.line).joined(separator: ",\n")
                lines.append(elements.isEmpty ? "\"\(key)\":[]" : "\"\(key)\":[\n\(rows)\n]")
            }
        }
        return lines.joined(separator: "\n") + "}\n"
    }
}

extension JSON {
    /// The canonical spelling as a text.
    var line: String { String(decoding: canonicalBytes, as: UTF8.self) }

    /// A list of texts.
    static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
}
