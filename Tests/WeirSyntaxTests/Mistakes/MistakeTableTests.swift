// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirSyntax

@Suite struct MistakeTableTests {
    private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"

    @Test(.enabled(if: isUpdating)) func `writes anew what is said`() throws { try Mistake.rewrite() }

    @Test(.disabled(if: isUpdating), arguments: try Mistake.all())
    func `says what is wrong, where, and what would help`(mistake: Mistake) {
        for form in mistake.forms {
            #expect(mistake.found(form) == mistake.sayings[form], "\(mistake) in \(form)")
        }
    }

    @Test(arguments: try Mistake.all()) func `points into the file and says something`(mistake: Mistake) {
        for form in mistake.forms {
            let file = mistake.file(form)
            let found = SyntaxTree.parse(file).diagnostics
            #expect(found.contains { $0.severity == .error }, "\(mistake) in \(form) is not found")
            for diagnostic in found {
                let labels = [diagnostic.primary] + diagnostic.secondary
                #expect(labels.allSatisfy { $0.file == file.path && Int($0.range.end) <= file.bytes.count })
                #expect(!diagnostic.message.hasSuffix("."))
                #expect(diagnostic.helps.allSatisfy { EditApplier.apply($0.edits, to: file) != nil })
                #expect(diagnostic.helps.count { !$0.edits.isEmpty } <= 1)
            }
        }
    }

    @Test(arguments: try Mistake.all()) func `takes the mistake away with a safe fix`(mistake: Mistake) throws {
        for form in mistake.forms {
            let file = mistake.file(form)
            let found = SyntaxTree.parse(file).diagnostics
            let edits = EditApplier.edits(of: found, file: file.path)
            guard !edits.isEmpty else { continue }
            let bytes = try #require(EditApplier.apply(edits, to: file), "\(mistake) in \(form): edits do not fit")
            let fixed = SyntaxTree.parse(SourceFile(path: file.path, form: form, bytes: bytes)).diagnostics
            #expect(
                fixed.count < found.count, "\(mistake) in \(form), fixed: \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func `knows many mistakes, most of them in both forms`() throws {
        let mistakes = try Mistake.all()
        #expect(mistakes.count >= 150)
        #expect(mistakes.count { $0.forms.count == 2 } >= 150)
        #expect(Set(mistakes.map(\.name)).count == mistakes.count)
    }
}
