// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension ValueType {
    /// The tokens that alone are a value of the type.
    var kinds: KindSet {
        switch self {
        case .name, .rule: KindSet(.name)
        case .path: KindSet(.name, .path)
        case .text: KindSet(.string)
        case .literal:
            KindSet(.duration, .rate, .percent, .size, .factor, .integer, .date, .string)
        case .method: KindSet(.method)
        case .integer: KindSet(.integer)
        case .count: KindSet(.integer, .constant)
        case .duration: KindSet(.duration, .constant)
        case .rate: KindSet(.rate, .constant)
        case .percent: KindSet(.percent, .constant)
        case .factor: KindSet(.factor, .constant)
        case .size: KindSet(.size)
        case .date: KindSet(.date)
        case .instant: KindSet(.instant)
        case .period: KindSet(.constant)
        case .version: KindSet(.name, .path, .date)
        case .step, .oneOf, .flag, .outcome, .key, .reply, .window, .bound, .answer, .reader, .consumer, .headerPair,
            .fieldPair, .filter:
            KindSet()
        }
    }

    /// The words that alone are a value of the type.
    var words: [String] {
        switch self {
        case .step: StepKind.allCases.map(\.rawValue)
        case .oneOf(let words): words
        case .flag(let word): [word]
        case .outcome: ["timeout", "refused", "reset", "unavailable", "open", "full", "limited"]
        case .key: ["caller", "operation"]
        case .consumer: ["caller"]
        case .answer: ["success", "failure", "fallback"]
        default: []
        }
    }

    /// What else a value of the type may be, for types of several words.
    var pattern: Pattern? {
        switch self {
        case .outcome:
            .choice([
                .sequence([.words(["status"]), .tokens(KindSet(.integer, .range))]),
                .sequence([.words(["any"]), .words(["failure"])]),
                .sequence([.words(["error"]), .tokens(KindSet(.string))]),
                .sequence([.words(["grpc"]), .tokens(KindSet(.name))]),
            ])
        case .key:
            .choice([
                .sequence([.words(["header"]), .tokens(KindSet(.string))]),
                .sequence([.words(["field"]), .tokens(KindSet(.name))]),
            ])
        case .reply, .answer: .sequence([.words(["status"]), .tokens(KindSet(.integer))])
        case .window:
            .choice([
                .sequence([.words(["from"]), Self.time, .words(["to"]), Self.time]),
                .sequence([.words(["until"]), Self.time]),
            ])
        case .bound:
            .choice([
                .sequence([.words(["exactly"]), Self.number]),
                .sequence([.words(["at"]), .words(["most", "least"]), Self.number]),
            ])
        case .filter: FilterWords.pattern
        case .literal, .period: Self.span
        case .reader: Self.named(by: ["path", "header", "accept", "query"])
        case .consumer: Self.named(by: ["header", "claim"])
        case .headerPair:
            .sequence([.words(["header"]), .tokens(KindSet(.string)), .tokens(KindSet(.string))])
        case .fieldPair:
            .sequence([
                .tokens(KindSet(.name)),
                .choice([.tokens(KindSet(.string, .integer, .date, .instant)), .words(["true", "false"])]),
            ])
        default: nil
        }
    }

    /// Whether a value of the type is an entry of a mapping in YAML.
    var isPair: Bool { self == .headerPair || self == .fieldPair }

    private static let span = Pattern.sequence([
        .tokens(KindSet(.integer)), .words(["day", "days", "week", "weeks", "month", "months", "year", "years"]),
    ])

    private static func named(by words: [String]) -> Pattern {
        .choice(words.map { .sequence([.words([$0]), .tokens(KindSet(.string))]) })
    }

    private static let time = Pattern.tokens(KindSet(.duration, .constant))
    private static let number = Pattern.tokens(KindSet(.integer, .constant))
}
