// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct LanguageTableTests {
    @Test(arguments: Form.allCases) func `every form has exactly one row`(form: Form) {
        #expect(LanguageTable.rows.count { $0.form == form } == 1)
    }

    @Test func `slot keys are unique and in kebab case`() {
        #expect(Slot.failuresInARow.key == "failures-in-a-row")
        #expect(Slot.byKey.count == Slot.allCases.count)
    }
}
