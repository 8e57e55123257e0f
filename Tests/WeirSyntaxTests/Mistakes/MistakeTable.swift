// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import WeirSyntax

/// A mistake that people make, as a text in each form that can hold it, with what Weir says.
///
/// The files in `Fixtures` hold many, one below the other:
///
///     === name: what the mistake is
///     ~~~ weir
///     policy outbound { …
///     ~~~ weir says
///     error[syntax/…]: …
///     ~~~ yaml
///     policies: …
///     ~~~ yaml says
///     error[syntax/…]: …
struct Mistake: Sendable, CustomStringConvertible {
    /// The file without its ending, such as `units`.
    let group: String
    let name: String
    /// What the mistake is, in a few words.
    let title: String
    private(set) var texts: [SourceFile.Form: String] = [:]
    private(set) var sayings: [SourceFile.Form: String] = [:]

    var description: String { "\(group)/\(name)" }

    /// The forms that it can be made in.
    var forms: [SourceFile.Form] { [.weir, .yaml].filter { texts[$0] != nil } }

    func file(_ form: SourceFile.Form) -> SourceFile {
        SourceFile(path: form == .weir ? "\(name).weir" : "\(name).weir.yaml", form: form, text: texts[form] ?? "")
    }

    /// What Weir says of one form.
    func found(_ form: SourceFile.Form) -> String {
        let file = file(form)
        return DiagnosticRenderer { _ in file }.render(SyntaxTree.parse(file).diagnostics)
    }

    /// Its part of the fixture, with what is said now.
    var written: String {
        var text = "=== \(name): \(title)\n"
        for form in forms {
            let word = form == .weir ? "weir" : "yaml"
            text += "~~~ \(word)\n\(texts[form] ?? "")~~~ \(word) says\n\(found(form))"
        }
        return text
    }
}

extension Mistake {
    private static func folder(_ filePath: String = #filePath) -> URL {
        URL(fileURLWithPath: filePath).deletingLastPathComponent().appending(path: "Fixtures")
    }

    /// All mistakes, by file and in order.
    static func all() throws -> [Mistake] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder().path).sorted()
        return try names.filter { $0.hasSuffix(".mistakes") }.flatMap { name in
            try read(
                String(contentsOf: folder().appending(path: name), encoding: .utf8),
                group: String(name.dropLast(".mistakes".count)))
        }
    }

    /// Writes all fixtures anew with what is said now.
    static func rewrite() throws {
        for (group, mistakes) in Dictionary(grouping: try all(), by: \.group) {
            let text = mistakes.map(\.written).joined()
            try Data(text.utf8).write(to: folder().appending(path: "\(group).mistakes"))
        }
    }

    static func read(_ text: String, group: String) -> [Mistake] {
        var mistakes: [Mistake] = []
        var section: (form: SourceFile.Form, isSaying: Bool)?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("=== "), let colon = line.range(of: ": ") {
                let name = line[line.index(line.startIndex, offsetBy: 4)..<colon.lowerBound]
                mistakes.append(Mistake(group: group, name: String(name), title: String(line[colon.upperBound...])))
                section = nil
            } else if line.hasPrefix("~~~ ") {
                section = (line.hasPrefix("~~~ weir") ? .weir : .yaml, line.hasSuffix(" says"))
            } else if let section, !mistakes.isEmpty {
                mistakes[mistakes.count - 1].append(String(line) + "\n", to: section.form, section.isSaying)
            }
        }
        return mistakes
    }

    private mutating func append(_ line: String, to form: SourceFile.Form, _ isSaying: Bool) {
        if isSaying { sayings[form, default: ""] += line } else { texts[form, default: ""] += line }
    }
}
