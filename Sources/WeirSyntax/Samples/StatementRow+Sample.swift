// SPDX-License-Identifier: Apache-2.0

extension Form {
    /// Its name in files and links, as `wait-in-turn`.
    public var name: String { kebabCase("\(self)") }
}

extension StatementRow {
    /// A whole file around the row's example, with all that the example refers to, so that nothing is wrong with it.
    ///
    /// A package that the example brings in is no part of it: see ``sampleNeighbour``.
    public var sample: SourceFile {
        var parts = [isOverlay ? example : places.first.map { wrapped(example, in: $0) } ?? example]
        var asked: Set<String> = []
        var index = 0
        while index < parts.count {
            for name in Self.mentions(in: parts[index]) where asked.insert(name).inserted {
                for text in SampleShop.declarations(of: name, for: form) where !isDeclared(text, in: parts) {
                    parts.append(text)
                }
            }
            index += 1
        }
        let file = SourceFile(
            path: "\(form.name).weir", form: .weir, text: parts.joined(separator: "\n\n") + "\n")
        guard case .changed(let bytes) = Formatter.format(file) else { return file }
        return SourceFile(path: file.path, form: .weir, bytes: bytes)
    }

    /// The file of another package without which the sample cannot stand; nil for all but `use`.
    public var sampleNeighbour: SourceFile? {
        guard form == .use else { return nil }
        let text = "package shop.platform\n\npolicy outbound {\n  deadline 2s\n}\n"
        return SourceFile(path: "shop/platform/outbound.weir", form: .weir, text: text)
    }

    /// Whether the example shows the environment around it, whose heads are told apart by what they are about.
    private var isOverlay: Bool { example.hasPrefix("environment ") }

    /// The example inside of its blocks, the innermost first, with what they mean nothing without.
    private func wrapped(_ text: String, in place: BlockKind) -> String {
        var text = text
        var form = form
        var place = place
        while let around = Surroundings.of(place) {
            let others = around.companions(of: form, for: self.form, in: place)
            let lines = others + [(form, text)]
            let inOrder = lines.enumerated().sorted {
                ($0.element.form.rawValue, $0.offset) < ($1.element.form.rawValue, $1.offset)
            }
            let body = inOrder.map(\.element.text).joined(separator: "\n")
            text = "\(Surroundings.head(of: self.form, in: place) ?? around.head) {\n\(body)\n}"
            form = around.opener
            place = around.parent
        }
        return text
    }

    /// The names in a text, and of paths also the first word with its dot; texts in quotation marks name nothing.
    private static func mentions(in text: String) -> [String] {
        let bare = text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: " ")
        let words = bare.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }.map(String.init)
        return words.flatMap { word in
            guard let dot = word.firstIndex(of: ".") else { return [word] }
            return [word, String(word[...dot])]
        }
    }

    /// Whether one of the parts declares what a text declares.
    private func isDeclared(_ text: String, in parts: [String]) -> Bool {
        let head = { (text: String) in text.split { $0 == " " || $0 == "\n" }.prefix { $0 != "{" && $0 != "=" } }
        // A policy that extends another has the name of neither.
        return parts.contains { part in
            part.split(separator: "\n").contains { !$0.hasPrefix(" ") && head(String($0)).elementsEqual(head(text)) }
        }
    }
}
