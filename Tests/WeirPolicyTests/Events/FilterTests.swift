// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirPolicy

@Suite struct FilterTests {
    struct Event: FilterableEvent {
        var type = "order.placed"
        var headers: [String: String] = [:]
        var fields: [String: FilterScalar] = [:]

        func header(_ name: String) -> String? { headers[name] }
        func field(_ name: String) -> FilterScalar? { fields[name] }
    }

    static func field(_ name: String, _ comparison: Filter.Comparison) -> Filter {
        .test(Filter.Test(.field(name), comparison))
    }

    private static let event = Event(
        headers: ["X-Tenant": "acme"],
        fields: ["region": .text("eu"), "total": .number(250), "paid": .boolean(true), "day": .date(86_400)])

    @Test(arguments: [
        (field("region", .isOneOf([.text("eu"), .text("uk")])), true),
        (field("region", .isOneOf([.number(3)])), false),
        (field("region", .startsWith("e")), true), (field("region", .endsWith("x")), false),
        (field("region", .startsWith("european")), false),
        (field("total", .above(.number(249))), true), (field("total", .above(.number(250))), false),
        (field("total", .atLeast(.number(250))), true), (field("total", .atMost(.number(249))), false),
        (field("total", .below(.text("x"))), false),
        (field("day", .below(.date(86_401))), true), (field("day", .below(.instant(90_000))), false),
        (field("none", .exists), false), (.not(field("none", .isOneOf([.text("x")]))), true),
        (.test(Filter.Test(.type, .isOneOf([.text("order.placed")]))), true),
        (.test(Filter.Test(.header("X-Tenant"), .startsWith("ac"))), true),
        (.all([]), true), (.any([]), false),
        (.all([field("paid", .isOneOf([.boolean(true)])), field("none", .exists)]), false),
        (.any([field("none", .exists), field("paid", .exists)]), true),
    ])
    func `holds of an event or not`(filter: Filter, holds: Bool) {
        #expect(filter.matches(Self.event) == holds)
        #expect(filter.normalised.matches(Self.event) == holds)
    }

    @Test func `is written without conditions of one kind in each other`() {
        let (a, b, c) = (Self.field("a", .exists), Self.field("b", .exists), Self.field("c", .exists))
        #expect(Filter.all([.all([a, b]), .not(.not(c)), a]).normalised == .all([a, b, c]))
        #expect(Filter.any([.any([a])]).normalised == a)
    }

    @Test(arguments: [
        (field("t", .above(.number(10))), field("t", .above(.number(5))), true),
        (field("t", .above(.number(5))), field("t", .above(.number(10))), false),
        (field("t", .isOneOf([.number(7)])), field("t", .above(.number(5))), true),
        (field("t", .isOneOf([.text("a")])), field("t", .isOneOf([.text("a"), .text("b")])), true),
        (field("t", .startsWith("order.")), field("t", .startsWith("ord")), true),
        (field("t", .startsWith("ord")), field("t", .exists), true),
        (field("t", .exists), .not(field("t", .isOneOf([.text("a")]))), false),
        (field("t", .above(.number(5))), field("u", .exists), false),
        (.all([field("t", .exists), field("u", .exists)]), field("u", .exists), true),
        (field("u", .exists), .any([field("t", .exists), field("u", .exists)]), true),
        (field("d", .above(.date(0))), field("d", .atLeast(.date(86_400))), true),
    ])
    func `says what follows from it`(one: Filter, other: Filter, follows: Bool) {
        #expect(one.implies(other) == follows)
    }

    @Test(
        arguments: [
            (.all([field("t", .above(.number(10))), field("t", .below(.number(5)))]), .never),
            (.all([field("t", .atLeast(.number(5))), field("t", .atMost(.number(5)))]), nil),
            (
                .all([
                    field("t", .atLeast(.number(5))), field("t", .atMost(.number(5))),
                    .not(field("t", .isOneOf([.number(5)]))),
                ]),
                .never
            ),
            (.any([field("t", .exists), .not(field("t", .exists))]), .always),
            (.all([field("t", .startsWith("a")), field("t", .startsWith("b"))]), .never),
            (.all([field("t", .startsWith("a")), field("t", .above(.number(1)))]), .never),
            (.test(Filter.Test(.type, .isOneOf([.text("b")]))), .never),
            (.test(Filter.Test(.type, .startsWith("a"))), .always),
            (field("t", .isOneOf([.boolean(true)])), nil),
        ] as [(Filter, Filter.Constant?)])
    func `knows when it is the same for every event`(filter: Filter, constant: Filter.Constant?) {
        #expect(filter.constant(types: ["a.x", "a.y"]) == constant)
    }

    @Test(arguments: 0..<300) func `what follows holds of every event of a small world`(seed: UInt64) {
        var words = TopicWords(seed: seed)
        let (one, other) = (Self.random(&words, depth: 2), Self.random(&words, depth: 2))
        let world = Self.values.flatMap { a in
            Self.values.map { b in Event(fields: ["a": a, "b": b].compactMapValues(\.self)) }
        }
        let isSo = world.allSatisfy { !one.matches($0) || other.matches($0) }
        if one.implies(other) == true { #expect(isSo, "\(one) and \(other)") }
        if !isSo { #expect(one.implies(other) == false) }
        if one.constant() == .never { #expect(!world.contains { one.matches($0) }) }
    }

    @Test func `claims nothing of what is too large`() {
        let wide = Filter.all(
            (0..<20).map { number in
                Filter.any([Self.field("a\(number)", .exists), Self.field("b\(number)", .exists)])
            })
        #expect(wide.isPossible() == nil)
        #expect(wide.implies(.any([])) == nil)
    }

    private static let values: [FilterScalar?] = [
        nil, .number(0), .number(1), .number(1.5), .number(2), .number(3), .text(""), .text("a"), .text("ab"),
        .text("b"),
    ]

    private static func random(_ words: inout TopicWords, depth: Int) -> Filter {
        if depth > 0, words.pick(3) > 0 {
            let parts = (0...words.pick(2)).map { _ in random(&words, depth: depth - 1) }
            switch words.pick(3) {
            case 0: return .all(parts)
            case 1: return .any(parts)
            default: return .not(parts[0])
            }
        }
        let number = FilterScalar.number(Double(words.pick(4)))
        let text = ["a", "b", "ab"][words.pick(3)]
        let comparison: Filter.Comparison =
            [
                .isOneOf([number, .text(text)]), .startsWith(text), .endsWith(text), .exists, .above(number),
                .below(number), .atLeast(number), .atMost(number),
            ][words.pick(8)]
        return field(["a", "b"][words.pick(2)], comparison)
    }
}
