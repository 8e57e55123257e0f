// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension OpenAPIDescription {
    /// A draft of the policy of the API that is described: its service with the operations, its one version with the routes.
    /// - Parameter released: from when on it is served; nil: a line to fill in.
    public func draft(released: Instant?) -> String {
        let name = Self.name(title)
        let major = version.split { !$0.isNumber }.first.map { "v\($0)" } ?? "v1"
        let number = ApiVersion(major) ?? ApiVersion("v1")
        var taken: Set<String> = []
        let all = operations.map { operation in
            var id = Self.name(operation.id ?? "\(operation.method)-\(operation.path)")
            while !taken.insert(id).inserted { id += "-too" }
            let path = number.map { route(operation.path, of: $0, base: nil) } ?? operation.path
            return (id: id, operation: operation, path: path)
        }
        var lines = ["edition 1", "", "## \(Self.line(title))", "service \(name) {", "  owner \"nobody yet\""]
        for entry in all {
            lines += ["", "  operation \(entry.id) {", "    \(entry.operation.method) \"\(entry.path)\"", "  }"]
        }
        lines += ["}", "", "api \(name) {", "  served by \(name)"]
        lines += ["  choose version by path \"/{version}/\"", "", "  version \(major) {"]
        lines.append(
            released.map { "    released \($0)" }
                ?? "    # released 2026-01-01: until a date stands here, the version is planned")
        for entry in all {
            let head = "    \(entry.operation.method) \"\(entry.path)\" goes to \(name).\(entry.id)"
            guard entry.operation.isDeprecated else {
                lines.append(head)
                continue
            }
            lines += ["    # It is deprecated: say since when, in a block with `deprecated` and `sunset`.", head]
        }
        return (lines + ["  }", "}"]).joined(separator: "\n") + "\n"
    }

    /// A text as a name of the language: small letters, digits and dashes.
    private static func name(_ text: String) -> String {
        var name = ""
        var isSmall = false
        for character in text {
            guard character.isASCII, character.isLetter || character.isNumber else {
                if !name.isEmpty, name.last != "-" { name += "-" }
                isSmall = false
                continue
            }
            if character.isUppercase, isSmall { name += "-" }
            isSmall = character.isLowercase || character.isNumber
            name += character.lowercased()
        }
        while name.last == "-" { name.removeLast() }
        guard let first = name.first else { return "api" }
        return first.isNumber ? "api-" + name : name
    }

    private static func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }
}
