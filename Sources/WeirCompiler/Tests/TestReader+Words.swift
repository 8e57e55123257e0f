// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

extension TestReader {
    /// A claim as the language writes it, whichever form it was written in.
    func words(of statement: Statement) -> String {
        func with(_ word: String, _ slot: Slot) -> String { statement.value(slot).map { " \(word) \($0.text)" } ?? "" }
        if let breaker = statement.value(.breaker) {
            return "breaker \(breaker.text)" + with("is", .is) + with("at", .at)
        }
        let operation = statement.value(.operation)?.text ?? ""
        if let bound = statement.value(.receives) {
            let noun = bound.text.hasSuffix(" 1") ? "call" : "calls"
            return "\(operation) receives \(bound.text) \(noun)" + with("by", .by)
        }
        let window = statement.value(.window).map { " \($0.text)" } ?? ""
        return operation + with("answers", .answers) + with("within", .within) + window
    }
}
