// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirCompiler
import WeirSyntax

@Suite struct MistakeTests {
    private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"

    @Test(.enabled(if: isUpdating)) func `writes anew what is said`() throws {
        let text = try Mistake.all().map(\.written).joined()
        try text.write(to: Mistake.fixture, atomically: true, encoding: .utf8)
    }

    @Test(.disabled(if: isUpdating), arguments: try Mistake.all())
    func `says what is wrong, where, and what would help`(mistake: Mistake) {
        for form in [SourceFile.Form.weir, .yaml] {
            #expect(mistake.found(form) == mistake.sayings[form], "\(mistake) in \(form)")
            #expect(!mistake.found(form).isEmpty, "\(mistake) in \(form) is not found")
        }
    }

    @Test(arguments: try Mistake.all()) func `says the same of both forms`(mistake: Mistake) {
        func heads(_ form: SourceFile.Form) -> [Substring] {
            mistake.found(form).split(separator: "\n").filter { $0.hasPrefix("error[") || $0.hasPrefix("warning[") }
        }
        #expect(heads(.weir) == heads(.yaml))
    }

    @Test func `knows many mistakes`() throws { #expect(try Mistake.all().count >= 40) }
}
