// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirSyntax

@Suite struct FilterReadingTests {
    private static func filter(_ text: String) -> Filter? {
        let tree = parse("subscription s {\n  where \(text)\n}\n")
        #expect(tree.diagnostics.map(\.message) == [])
        return tree.statements.first { _ in true }?.statements.first { _ in true }?.value(.where)?.filter()
    }

    private static func yaml(_ text: String) -> Value? {
        let source = SourceFile(
            path: "a.weir.yaml", form: .yaml, text: "subscriptions:\n  s:\n    where: \(text)\n")
        let tree = SyntaxTree.parse(source)
        #expect(tree.diagnostics.map(\.message) == [])
        return tree.statements.first { _ in true }?.statements.first { _ in true }?.value(.where)
    }

    private static func has(_ field: String) -> Filter { .test(Filter.Test(.field(field), .exists)) }

    @Test func `not binds tighter than and, and tighter than or`() {
        let (a, b, c) = (Self.has("a"), Self.has("b"), Self.has("c"))
        #expect(Self.filter("a exists or b exists and c exists") == .any([a, .all([b, c])]))
        #expect(Self.filter("not a exists and b exists") == .all([.not(a), b]))
        #expect(Self.filter("(a exists or b exists) and c exists") == .all([.any([a, b]), c]))
        #expect(Self.filter("not (a exists and (b exists or not c exists))") == .not(.all([a, .any([b, .not(c)])])))
        #expect(Self.filter("((a exists))") == a)
    }

    @Test func `values keep their types`() {
        #expect(
            Self.filter("a in \"x\", 3, true, 2026-03-01, 2026-03-01T00:00:01Z")
                == .test(
                    Filter.Test(
                        .field("a"),
                        .isOneOf([
                            .text("x"), .number(3), .boolean(true), .date(1_772_323_200), .instant(1_772_323_201),
                        ]))))
    }

    @Test(arguments: [
        ("{ region: { in: [eu, uk] } }", "region in \"eu\", \"uk\""),
        ("{ type: { is: order.placed } }", "type is \"order.placed\""),
        ("{ header X-Tenant: { is-not: acme } }", "header \"X-Tenant\" is not \"acme\""),
        ("{ not: { a: { exists: true } } }", "not a exists"),
        (
            "{ any: [{ a: { at-least: 5 } }, { all: [{ b: { is: true } }, { c: { starts-with: 5x } }] }] }",
            "a at least 5 or b is true and c starts with \"5x\""
        ),
        (
            "{ all: [{ any: [{ a: { exists: true } }, { b: { exists: true } }] }, { c: { below: 2026-03-01 } }] }",
            "(a exists or b exists) and c below 2026-03-01"
        ),
        ("{ not: { all: [{ a: { exists: true } }, { b: { is: \"5\" } }] } }", "not (a exists and b is \"5\")"),
        (
            "{ all: [{ all: [{ a: { exists: true } }, { b: { exists: true } }] }, { c: { exists: true } }] }",
            "a exists and b exists and c exists"
        ),
        ("{ all: [{ any: [{ a: { exists: true } }] }] }", "a exists"),
        ("{ not: { not: { a: { exists: true } } } }", "not not a exists"),
    ])
    func `a mapping in YAML is the same run of words`(mapping: String, text: String) throws {
        let value = try #require(Self.yaml(mapping))
        let words = zip(value.tokens.indices, value.tokens).map { index, token in
            token.kind == .string ? "\"\(value.tree.text(ofToken: index))\"" : value.tree.text(ofToken: index)
        }
        let joined = words.joined(separator: " ")
            .replacing("( ", with: "(").replacing(" )", with: ")").replacing(" ,", with: ",")
        #expect(joined == text)
        #expect(value.filter() == Self.filter(text))
    }

    @Test func `every test has its place`() throws {
        let text = "subscription s {\n  where a is 5 or not (header \"x\" exists)\n}\n"
        let value = try #require(
            parse(text).statements.first { _ in true }?.statements.first { _ in true }?.value(.where))
        let places = value.filterTests().map { place in
            String(decoding: Array(text.utf8)[Int(place.range.start)..<Int(place.range.end)], as: UTF8.self)
        }
        #expect(places == ["a is 5", "header \"x\" exists"])
    }

    @Test func `nesting and size are bounded`() {
        let deep =
            String(repeating: "(", count: Limits.filterDepth) + "a exists"
            + String(repeating: ")", count: Limits.filterDepth)
        #expect(Self.filter(deep) == Self.has("a"))
        for text in [
            "(\(deep))", Array(repeating: "a exists", count: Limits.filterTests + 1).joined(separator: " or "),
            String(repeating: "not ", count: Limits.filterDepth + 1) + "a exists",
        ] {
            #expect(parse("subscription s {\n  where \(text)\n}\n").diagnostics.map(\.id) == [.limitExceeded])
        }
    }
}
