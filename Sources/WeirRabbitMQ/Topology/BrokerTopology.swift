// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What is declared at a broker for a topology, as RabbitMQ 3.10 and later have it.
struct BrokerTopology: Sendable, Hashable {
    /// An exchange or a queue.
    struct Part: Sendable, Hashable {
        let name: String
        /// What it is in the policies.
        let owner: QualifiedName
        /// The kind of an exchange; nil for a queue.
        let kind: String?
        var arguments: [String: BrokerValue] = [:]
    }

    struct Binding: Sendable, Hashable {
        let queue: String
        let exchange: String
        let key: String
    }

    /// How much waits in the queue of what would go nowhere.
    static let mostUnrouted: Int64 = 100_000

    private(set) var exchanges: [Part] = []
    private(set) var queues: [Part] = []
    private(set) var bindings: Set<Binding> = []
    /// The waits that have a queue, in milliseconds, shortest first.
    let delays: [Int64]

    init(_ topology: EventTopology, _ names: BrokerNames) {
        delays = (topology.bus?.delays ?? BusNode.defaultDelays).map { max($0.milliseconds, 1) }
        addOurs(names)
        let single = Set(topology.subscriptions.filter { $0.order != .none }.map(\.queue))
        let undeclared = Set(topology.subscriptions.map(\.queue)).filter { topology.queue($0) == nil }
        for node in topology.queues + undeclared.sorted().map({ QueueNode(name: $0) }) {
            add(node, isSingle: single.contains(node.name), names)
        }
        for node in topology.exchanges { add(node, names) }
        for subscription in topology.subscriptions {
            for source in subscription.sources {
                for pattern in source.patterns.isEmpty ? ["#"] : source.patterns {
                    bind(names.name(of: subscription.queue), names.name(of: source.exchange), pattern)
                }
            }
        }
    }

    private mutating func bind(_ queue: String, _ exchange: String, _ key: String) {
        bindings.insert(Binding(queue: queue, exchange: exchange, key: key))
    }

    /// The exchanges and queues behind waits and dead letters.
    private mutating func addOurs(_ names: BrokerNames) {
        func owner(_ text: String) -> QualifiedName { QualifiedName(package: "", name: text) }
        exchanges.append(Part(name: names.unrouted, owner: owner(names.unrouted), kind: "fanout"))
        queues.append(
            Part(
                name: names.unrouted, owner: owner(names.unrouted), kind: nil,
                arguments: [
                    "x-queue-type": .text("quorum"), "x-max-length": .number(Self.mostUnrouted),
                    "x-overflow": .text("reject-publish"),
                ]))
        bind(names.unrouted, names.unrouted, "")
        for name in [names.dead, names.retry] {
            exchanges.append(
                Part(
                    name: name, owner: owner(name), kind: "direct",
                    arguments: ["alternate-exchange": .text(names.unrouted)]))
        }
        for delay in delays {
            let name = names.delay(delay)
            exchanges.append(Part(name: name, owner: owner(name), kind: "fanout"))
            queues.append(
                Part(
                    name: name, owner: owner(name), kind: nil,
                    arguments: [
                        "x-queue-type": .text("quorum"), "x-message-ttl": .number(delay),
                        "x-dead-letter-exchange": .text(names.retry),
                        "x-dead-letter-strategy": .text("at-least-once"), "x-overflow": .text("reject-publish"),
                    ]))
            bind(name, name, "")
        }
    }

    private mutating func add(_ node: QueueNode, isSingle: Bool, _ names: BrokerNames) {
        let name = names.name(of: node.name)
        var arguments: [String: BrokerValue] = ["x-queue-type": .text(node.kind.rawValue)]
        if let most = node.mostBytes { arguments["x-max-length-bytes"] = .number(Int64(most)) }
        if node.kind == .stream {
            if let age = node.expireAfter { arguments["x-max-age"] = .text("\(max(age.milliseconds / 1000, 1))s") }
            queues.append(Part(name: name, owner: node.name, kind: nil, arguments: arguments))
            return
        }
        arguments["x-overflow"] = .text("reject-publish")
        // A quorum queue refuses from the moment at which it holds more than its limit, so its limit is one less.
        if let most = node.mostMessages {
            arguments["x-max-length"] = .number(Int64(node.kind == .quorum ? max(most - 1, 0) : most))
        }
        if let length = node.expireAfter { arguments["x-message-ttl"] = .number(max(length.milliseconds, 1)) }
        if node.kind == .quorum, let most = node.deliveries { arguments["x-delivery-limit"] = .number(Int64(most)) }
        if isSingle { arguments["x-single-active-consumer"] = .flag(true) }
        if let grave = node.deadLetter {
            arguments["x-dead-letter-exchange"] = .text(names.dead)
            arguments["x-dead-letter-routing-key"] = .text(names.name(of: grave))
            if node.kind == .quorum { arguments["x-dead-letter-strategy"] = .text("at-least-once") }
            bind(names.name(of: grave), names.dead, names.name(of: grave))
        }
        queues.append(Part(name: name, owner: node.name, kind: nil, arguments: arguments))
        bind(name, names.retry, name)
    }

    private mutating func add(_ node: ExchangeNode, _ names: BrokerNames) {
        var part = Part(name: names.name(of: node.name), owner: node.name, kind: node.kind.rawValue)
        if case .queue(let queue) = node.unrouted {
            let other = names.unrouted(of: node.name)
            exchanges.append(Part(name: other, owner: node.name, kind: "fanout"))
            bind(names.name(of: queue), other, "")
            part.arguments["alternate-exchange"] = .text(other)
        }
        exchanges.append(part)
    }

    /// The wait with a queue that is nearest to so many nanoseconds; of two as near the longer.
    func delay(nearest nanoseconds: UInt64) -> Int64? {
        let wanted = Int64(clamping: nanoseconds / 1_000_000)
        return delays.min { left, right in
            let (a, b) = (abs(left - wanted), abs(right - wanted))
            return a == b ? left > right : a < b
        }
    }

    /// Names that the protocol has no room for.
    var tooLong: [String] { (exchanges + queues).map(\.name).filter { $0.utf8.count > BrokerNames.longest } }
}

extension Duration {
    /// Whole milliseconds, rounded up.
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? .max : product + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
