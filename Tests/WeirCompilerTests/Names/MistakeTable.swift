// SPDX-License-Identifier: Apache-2.0

import Foundation
import WeirCompiler
import WeirSyntax

/// A mistake in names or layers, as a text in both forms, with what Weir says; the fixture's format is the one of the syntax
/// tests. Beside each text stands the package `shop.platform` of ``platform``.
struct Mistake: Sendable, CustomStringConvertible {
    let name: String
    let title: String
    private(set) var texts: [SourceFile.Form: String] = [:]
    private(set) var sayings: [SourceFile.Form: String] = [:]

    var description: String { name }

    static let platform = SourceFile(
        path: "platform.weir", form: .weir,
        text: """
            package shop.platform
            shared breaker gate {
              trip at 50% failing
            }
            policy outbound {
              deadline 2s
              bulkhead 50 calls
              retry up to 3 attempts
              breaker gate
              timeout 500ms
            }
            external service bank {
              operation pay {
                POST "/pay"
              }
            }
            environment staging {
              policy outbound {
                timeout 400ms
              }
            }

            """)

    /// What Weir says of one form.
    func found(_ form: SourceFile.Form) -> String {
        let file = SourceFile(
            path: form == .weir ? "\(name).weir" : "\(name).weir.yaml", form: form, text: texts[form] ?? "")
        let compilation = Compiler.compile(files: [file, Self.platform])
        return DiagnosticRenderer { $0 == Self.platform.path ? Self.platform : file }.render(compilation.diagnostics)
    }

    /// Its part of the fixture, with what is said now.
    var written: String {
        var text = "=== \(name): \(title)\n"
        for (form, word) in [(SourceFile.Form.weir, "weir"), (.yaml, "yaml")] where texts[form] != nil {
            text += "~~~ \(word)\n\(texts[form] ?? "")~~~ \(word) says\n\(found(form))"
        }
        return text
    }

    static let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "mistakes.txt")

    /// All mistakes in order.
    static func all() throws -> [Mistake] {
        var mistakes: [Mistake] = []
        var section: (form: SourceFile.Form, isSaying: Bool)?
        for line in try String(contentsOf: fixture, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .dropLast() {
            if line.hasPrefix("=== ") {
                let parts = line.dropFirst(4).split(separator: ":", maxSplits: 1)
                mistakes.append(Mistake(name: String(parts[0]), title: parts[1].trimmingCharacters(in: .whitespaces)))
                section = nil
            } else if line.hasPrefix("~~~ ") {
                section = (line.contains("weir") ? .weir : .yaml, line.hasSuffix("says"))
                if line.hasPrefix("~~~ yaml") { section?.form = .yaml }
            } else if let section, !mistakes.isEmpty {
                let last = mistakes.count - 1
                if section.isSaying {
                    mistakes[last].sayings[section.form, default: ""] += "\(line)\n"
                } else {
                    mistakes[last].texts[section.form, default: ""] += "\(line)\n"
                }
            }
        }
        return mistakes
    }
}
