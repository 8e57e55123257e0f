// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

extension TestReader {
    /// A claim as the language writes it, whichever form it was written in.
    func words(of statement: Statement) -> String {
        func with(_ word: String, _ slot: Slot) -> String { statement.value(slot).map { " \(word) \($0.text)" } ?? "" }
        if let breaker = statement.value(.breaker) {
            return "breaker \(breaker.text)" + with("is", .is) + with("at", .at)
        }
        if let version = statement.value(.version) { return "version is \(version.text)" }
        if let status = statement.value(.status) { return "status is \(status.text)" }
        for (slot, words) in [(Slot.deliveredTo, "delivered to"), (.notDeliveredTo, "not delivered to")] {
            let values = statement.values(slot)
            if !values.isEmpty { return "\(words) \(values.map(\.text).joined(separator: ", "))" }
        }
        if let queue = statement.value(.deadLetteredTo) { return "dead lettered to \(queue.text)" }
        if let header = statement.value(.header)?.nameText, let value = statement.value(.headerValue)?.string() {
            return "header \"\(header)\" is \"\(value)\""
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
