// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirEvents

@Suite struct EventRouterTests {
    private static func name(_ name: String) -> QualifiedName { QualifiedName(package: "p", name: name) }

    private static func subscription(
        _ number: Int, _ patterns: [String], queue: String? = nil, filter: Filter? = nil
    ) -> SubscriptionNode {
        SubscriptionNode(
            name: name("s\(number)"), sources: [.init(exchange: name("x"), patterns: patterns)], filter: filter,
            queue: name(queue ?? "q\(number)"), deliveries: [.init(operation: name("shop.o\(number)"))])
    }

    private static func router(
        _ subscriptions: [SubscriptionNode], kind: ExchangeNode.Kind = .topic,
        unrouted: ExchangeNode.Unrouted = .undeclared, audits: [AuditNode] = []
    ) -> EventRouter {
        EventRouter(
            EventTopology(
                exchanges: [ExchangeNode(name: name("x"), kind: kind, unrouted: unrouted)],
                subscriptions: subscriptions, audits: audits))
    }

    @Test(arguments: UInt64(0)..<60) func `routes as the naive matcher does`(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let subscriptions = (0..<40).map { number in
            Self.subscription(number, (0..<1 + numbers.pick(3)).map { _ in numbers.pattern() })
        }
        let router = Self.router(subscriptions)
        for _ in 0..<100 {
            let key = numbers.key()
            let expected = try subscriptions.filter { node in
                try node.sources[0].patterns.contains { try TopicPattern($0).matches(key) }
            }.map(\.queue).sorted()
            let route = try #require(router.route(key, through: Self.name("x")))
            #expect(route.queues == expected, "seed \(seed), key `\(key)`")
        }
    }

    @Test(arguments: [
        ("", ["#", "#.#"]), (".", ["*.*", "*.#", "#", "#.#"]), ("a.", ["a.*", "a.#", "*.*", "*.#", "#", "#.#"]),
    ])
    func `empty words are words`(key: String, patterns: [String]) throws {
        let all = ["a.*", "a.#", "*", "*.*", "*.#", "#", "#.#", "a..b"]
        let router = Self.router(all.enumerated().map { Self.subscription($0.offset, [$0.element]) })
        let expected = all.indices.filter { patterns.contains(all[$0]) }.map { Self.name("q\($0)") }
        #expect(router.route(key, through: Self.name("x"))?.queues == expected)
    }

    @Test func `a queue gets one copy, however many of its bindings match`() {
        let router = Self.router([
            Self.subscription(1, ["a.*", "a.#", "#"], queue: "q"), Self.subscription(2, ["a.b"], queue: "q"),
        ])
        #expect(router.route("a.b", through: Self.name("x"))?.queues == [Self.name("q")])
        #expect(router.subscriptions(of: Self.name("q")) == [Self.name("s1"), Self.name("s2")])
    }

    @Test func `a direct exchange knows no wildcards, a fanout exchange no keys`() {
        let direct = Self.router([Self.subscription(1, ["a.*"]), Self.subscription(2, ["a.b"])], kind: .direct)
        #expect(direct.route("a.b", through: Self.name("x"))?.queues == [Self.name("q2")])
        #expect(direct.route("a.*", through: Self.name("x"))?.queues == [Self.name("q1")])
        let fanout = Self.router([Self.subscription(1, []), Self.subscription(2, [])], kind: .fanout)
        #expect(fanout.route("anything", through: Self.name("x"))?.queues == [Self.name("q1"), Self.name("q2")])
    }

    @Test func `what no queue takes is kept or returned, whatever audits record`() throws {
        let audit = AuditNode(
            name: Self.name("log"), sources: [.init(exchange: Self.name("x"), patterns: ["#"])], keep: nil,
            mostBytes: nil)
        let kept = Self.router([Self.subscription(1, ["a"])], unrouted: .queue(Self.name("rest")), audits: [audit])
        let route = try #require(kept.route("b", through: Self.name("x")))
        #expect(route.unrouted == Self.name("rest"))
        #expect(route.audits == [Self.name("log")])
        #expect(!route.isReturned)
        #expect(kept.route("a", through: Self.name("x"))?.unrouted == nil)
        let returned = Self.router([Self.subscription(1, ["a"])], unrouted: .refused)
        #expect(returned.route("b", through: Self.name("x"))?.isReturned == true)
        #expect(returned.route("a", through: Self.name("y")) == nil)
    }

    @Test func `the first delivery whose condition holds handles the event`() {
        let isLarge = Filter.test(Filter.Test(.field("total"), .above(.number(5))))
        let isEuropean = Filter.test(Filter.Test(.field("region"), .isOneOf([.text("eu")])))
        let node = SubscriptionNode(
            name: Self.name("s"), sources: [.init(exchange: Self.name("x"), patterns: ["#"])], filter: isEuropean,
            queue: Self.name("q"),
            deliveries: [
                .init(operation: Self.name("o.large"), filter: isLarge), .init(operation: Self.name("o.rest")),
            ])
        let router = Self.router([node])
        func dispatch(_ fields: [String: FilterScalar]) -> EventRouter.Dispatch? {
            router.dispatch(PlainEvent(type: "a", fields: fields), to: Self.name("s"))
        }
        #expect(dispatch(["region": .text("eu"), "total": .number(6)]) == .operation(Self.name("o.large")))
        #expect(dispatch(["region": .text("eu")]) == .operation(Self.name("o.rest")))
        #expect(dispatch(["region": .text("us")]) == .filteredOut)
        let picky = SubscriptionNode(
            name: Self.name("s"), sources: [], queue: Self.name("q"),
            deliveries: [.init(operation: Self.name("o.large"), filter: isLarge)])
        #expect(Self.router([picky]).dispatch(PlainEvent(type: "a"), to: Self.name("s")) == .unhandled)
    }

    @Test(arguments: UInt64(0)..<300) func `a compiled filter holds when the filter does`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let filter = numbers.filter(depth: 4)
        let compiled = CompiledFilter(filter)
        for _ in 0..<20 {
            let event = PlainEvent(type: "t", fields: numbers.fields())
            #expect(compiled.matches(event) == filter.matches(event), "\(filter)")
        }
    }
}

/// An event with fields and no headers.
struct PlainEvent: FilterableEvent {
    var type: String
    var fields: [String: FilterScalar] = [:]

    func header(_ name: String) -> String? { nil }
    func field(_ name: String) -> FilterScalar? { fields[name] }
}

/// Random patterns, keys and filters that a seed determines.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func pick(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    mutating func pattern() -> String {
        (0..<pick(6)).map { _ in ["a", "b", "c", "", "*", "#", "#", "a*"][pick(8)] }.joined(separator: ".")
    }

    mutating func key() -> String {
        (0..<pick(7)).map { _ in ["a", "b", "c", "", "*", "z"][pick(6)] }.joined(separator: ".")
    }

    mutating func filter(depth: Int) -> Filter {
        if depth > 0, pick(4) > 0 {
            let parts = (0..<pick(4)).map { _ in filter(depth: depth - 1) }
            return [.all(parts), .any(parts), .not(filter(depth: depth - 1))][pick(3)]
        }
        let bound = FilterScalar.number(Double(pick(4)))
        return .test(Filter.Test(.field(["a", "b"][pick(2)]), [.exists, .above(bound), .isOneOf([bound])][pick(3)]))
    }

    mutating func fields() -> [String: FilterScalar] {
        var fields: [String: FilterScalar] = [:]
        for name in ["a", "b"] where pick(3) > 0 { fields[name] = .number(Double(pick(4))) }
        return fields
    }
}
