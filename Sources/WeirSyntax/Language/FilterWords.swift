// SPDX-License-Identifier: Apache-2.0

/// The words of filters, in both forms.
///
/// In the language's own text a filter is one run of tokens: tests joined by `and` and `or`, with `not` and parentheses before
/// them; `not` binds tightest, then `and`, then `or`. In YAML it is a mapping with one key: `all` or `any` with a list of
/// filters, `not` with a filter, or a subject with a mapping of one comparison to its value:
///
///     region in "eu", "uk" and not (channel is "test" or header "X-Trial" exists)
///
///     all:
///       - { region: { in: [eu, uk] } }
///       - not: { any: [{ channel: { is: test } }, { header X-Trial: { exists: true } }] }
///
/// The keys of comparisons are their words with hyphens: `is`, `is-not`, `in`, `starts-with`, `ends-with`, `exists`, `above`,
/// `below`, `at-least`, `at-most`. The YAML reader makes of it the same run of tokens, with parentheses only around an `any` in an
/// `all` and around both in a `not`; a text in quotes there is a text, all else that begins with a digit is a literal.
public enum FilterWords {
    /// What a comparison compares with.
    enum Operand {
        case scalar, list, text, nothing
    }

    /// A comparison: its words, and what follows them.
    struct Comparison {
        let words: [String]
        let operand: Operand

        /// Its key in YAML.
        var key: String { words.joined(separator: "-") }
    }

    static let comparisons = [
        Comparison(words: ["is"], operand: .scalar), Comparison(words: ["is", "not"], operand: .scalar),
        Comparison(words: ["in"], operand: .list), Comparison(words: ["starts", "with"], operand: .text),
        Comparison(words: ["ends", "with"], operand: .text), Comparison(words: ["exists"], operand: .nothing),
        Comparison(words: ["above"], operand: .scalar), Comparison(words: ["below"], operand: .scalar),
        Comparison(words: ["at", "least"], operand: .scalar), Comparison(words: ["at", "most"], operand: .scalar),
    ]

    /// The names that fields cannot have, because filters read them as something else.
    public static let reserved: Set<String> = ["type", "header", "not", "all", "any", "event"]

    /// The words and signs that YAML has no text for; the composer puts them behind the text of every document.
    static let signs = "and or not ( ) ,"

    /// Where a word of ``signs`` stands in a text that ends with them.
    static func place(of sign: String, inTextOf length: Int) -> Range<Int>? {
        var start = length - signs.utf8.count
        for word in signs.split(separator: " ") {
            if word == sign { return start..<start + word.utf8.count }
            start += word.utf8.count + 1
        }
        return nil
    }

    /// The run of tokens that a filter is; whether parentheses balance is looked at afterwards.
    static let pattern: Pattern = {
        let open = Pattern.repeated(.choice([.words(["not"]), .tokens(KindSet(.openParenthesis))]))
        let close = Pattern.repeated(.tokens(KindSet(.closeParenthesis)))
        let one = Pattern.sequence([open, test, close])
        return .sequence([one, .repeated(.sequence([.words(["and", "or"]), one]))])
    }()

    private static let scalar = Pattern.choice([
        .words(["true"]), .words(["false"]), .tokens(KindSet(.string, .integer, .date, .instant)),
    ])
    private static let text = Pattern.tokens(KindSet(.string))

    private static let test = Pattern.sequence([
        // `type` is a name here, too: a word that fits in two ways would double the ways to try with each test.
        .choice([.sequence([.words(["header"]), text]), .tokens(KindSet(.name))]),
        .choice([
            .sequence([.words(["is"]), .optional(.words(["not"])), scalar]),
            .sequence([.words(["in"]), scalar, .repeated(.sequence([.tokens(KindSet(.comma)), scalar]))]),
            .sequence([.choice([.words(["starts"]), .words(["ends"])]), .words(["with"]), text]),
            .words(["exists"]),
            .sequence([.choice([.words(["above"]), .words(["below"])]), scalar]),
            .sequence([.words(["at"]), .choice([.words(["least"]), .words(["most"])]), scalar]),
        ]),
    ])
}
