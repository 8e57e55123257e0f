// SPDX-License-Identifier: Apache-2.0

/// What is checked of statements that list fields with their values, such as `with asset-id "a", region "uk"`.
extension WeirParser {
    /// Reports the fields that the statement read last names a second time: one of the two values would be lost.
    mutating func checkFields(_ node: Int) {
        defer { fieldsInStatement = 0 }
        guard fieldsInStatement > 1 else { return }
        var first: [String: Range<Int>] = [:]
        for index in 0..<machine.captureCount {
            let capture = machine.capture(index)
            guard grammar.program.places[capture.place].types.contains(where: \.isPair) else { continue }
            let name = capture.start..<capture.end - 1
            if let earlier = first.updateValue(name, forKey: fieldName(name)) {
                builder.markDamaged(node)
                reportRepeatedField(name, earlier)
            }
        }
    }

    /// What a name says: `X-Region` for `header "X-Region"`.
    private func fieldName(_ tokens: Range<Int>) -> String {
        guard let last = tokens.last else { return "" }
        let token = line.tokens[last]
        let text = line.text[Int(token.start)..<token.end]
        return token.kind == .string ? TextLiteral.read(text) ?? "" : String(decoding: text, as: UTF8.self)
    }

    private mutating func reportRepeatedField(_ name: Range<Int>, _ earlier: Range<Int>) {
        let path = builder.source.path
        let words = name.map(spelling).joined(separator: " ")
        builder.report(
            Diagnostic(
                .repeatedSetting, "`\(words)` is set twice in one statement",
                at: Diagnostic.Label(file: path, range: range(name), text: "set again here"),
                secondary: [Diagnostic.Label(file: path, range: range(earlier), text: "set first here")]))
    }
}
