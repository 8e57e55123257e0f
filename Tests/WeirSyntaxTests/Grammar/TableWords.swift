// SPDX-License-Identifier: Apache-2.0

@testable import WeirSyntax

extension StatementRow {
    /// The types of its slots, as the pattern writes them.
    var slotTypes: [Substring] {
        pattern.split(separator: "<").dropFirst().flatMap { slot in
            slot.prefix { $0 != ">" && $0 != "," }.drop { $0 != ":" }.dropFirst().split(separator: "+")
        }
    }

    /// The keywords of its pattern: bare words, and the words that a slot takes.
    var words: Set<String> {
        var words: Set<String> = []
        var bare = ""
        var isInSlot = false
        for character in pattern + " " {
            if character == "<" { isInSlot = true }
            if !isInSlot, character.isLetter || character.isNumber || character == "-" {
                bare.append(character)
            } else {
                if !bare.isEmpty { words.insert(bare) }
                bare = ""
            }
            if character == ">" { isInSlot = false }
        }
        for type in slotTypes {
            if type.hasPrefix("=") { words.formUnion(type.dropFirst().split(separator: "/").map(String.init)) }
            if type.hasPrefix("!") { words.insert(String(type.dropFirst())) }
        }
        return words
    }
}

/// The words inside values of several words: outcomes, keys, replies, windows, bounds, answers, kinds of steps.
enum ValueWords {
    static let byType: [String: Set<String>] = [
        "outcome": [
            "timeout", "refused", "reset", "unavailable", "open", "full", "limited", "any", "failure", "status",
            "error",
            "grpc",
        ],
        "key": ["caller", "operation", "header", "field"],
        "reply": ["status"],
        "window": ["from", "to", "until"],
        "bound": ["exactly", "at", "most", "least"],
        "filter": [
            "and", "or", "not", "type", "header", "is", "in", "starts", "ends", "with", "exists", "above", "below",
            "at",
            "least", "most", "true", "false",
        ],
        "period": ["day", "days", "week", "weeks", "month", "months", "year", "years"],
        "literal": ["day", "days", "week", "weeks", "month", "months", "year", "years"],
        "reader": ["path", "header", "accept", "query"], "consumer": ["caller", "header", "claim"],
        "header-pair": ["header"], "field-pair": ["true", "false"],
        "answer": ["success", "failure", "fallback", "status"],
        "step": [
            "deadline", "timeout", "limit", "bulkhead", "retry", "breaker", "hedge", "fallback", "cache", "coalesce",
            "throttle",
            "chaos",
        ],
    ]
}

extension BlockKind {
    /// A file with a statement in this block, and nothing else.
    func file(with statement: String) -> String {
        var text = statement
        var place = self
        while let around = Surroundings.of(place) {
            text = "\(around.head) {\n\(text)\n}"
            place = around.parent
        }
        return text + "\n"
    }
}

extension StatementRow {
    /// Its example in each of its places; one that shows its surroundings stands alone.
    var exampleFiles: [String] {
        if example.hasPrefix("environment ") { return [example + "\n"] }
        return places.map { $0.file(with: example) }
    }
}
