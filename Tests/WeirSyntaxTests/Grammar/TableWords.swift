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
    /// A file with a statement in this block.
    func file(with statement: String) -> String {
        let inside: (String) -> String = { "policy p {\n\($0) {\n\(statement)\n}\n}\n" }
        return switch self {
        case .file: statement + "\n"
        case .defaults: "defaults {\n\(statement)\n}\n"
        case .policy: "policy p {\n\(statement)\n}\n"
        case .inserted: inside("before retry")
        case .deadline: inside("deadline 2s")
        case .timeout: inside("timeout 2s")
        case .limit: inside("limit 5/s")
        case .bulkhead: inside("bulkhead 5 calls")
        case .retry: inside("retry up to 2 attempts")
        case .breaker: inside("breaker")
        case .fallback: inside("fallback to cached")
        case .cache: inside("cache for 2s")
        case .coalesce: inside("coalesce")
        case .throttle: inside("throttle below 95% succeeding")
        case .hedge: inside("hedge after 9ms up to 2 calls")
        case .chaosStep: inside("chaos")
        case .service: "service s {\n\(statement)\n}\n"
        case .operation: "service s {\noperation o {\n\(statement)\n}\n}\n"
        case .event: "event e {\n\(statement)\n}\n"
        case .exchange: "exchange e {\n\(statement)\n}\n"
        case .queue: "queue q {\n\(statement)\n}\n"
        case .subscription: "subscription s {\n\(statement)\n}\n"
        case .redeliver: "subscription s {\nredeliver up to 2 attempts {\n\(statement)\n}\n}\n"
        case .bus: "bus b {\n\(statement)\n}\n"
        case .publish: "bus b {\npublish {\n\(statement)\n}\n}\n"
        case .saga: "saga s {\n\(statement)\n}\n"
        case .sagaStep: "saga s {\nstep a {\n\(statement)\n}\n}\n"
        case .audit: "audit a {\n\(statement)\n}\n"
        case .chaosProfile: "chaos profile c {\n\(statement)\n}\n"
        case .api: "api a {\n\(statement)\n}\n"
        case .version: "api a {\nversion v1 {\n\(statement)\n}\n}\n"
        case .apiRoute: "api a {\nversion v1 {\nGET \"/o\" goes to s.o {\n\(statement)\n}\n}\n}\n"
        case .environment: "environment e {\n\(statement)\n}\n"
        case .test: "test \"t\" {\n\(statement)\n}\n"
        }
    }
}

extension StatementRow {
    /// Its example in each of its places; one that shows its surroundings stands alone.
    var exampleFiles: [String] {
        if example.hasPrefix("environment ") { return [example + "\n"] }
        return places.map { $0.file(with: example) }
    }
}
