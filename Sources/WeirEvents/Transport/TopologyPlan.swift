// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What has to be done to make one topology into another, and what of it no broker does to something that exists.
public struct TopologyPlan: Sendable, Hashable {
    /// One thing to be done.
    public enum Step: Sendable, Hashable {
        case createExchange(QualifiedName)
        case createQueue(QualifiedName)
        case bind(QualifiedName, to: QualifiedName, pattern: String)
        case unbind(QualifiedName, from: QualifiedName, pattern: String)
        /// A setting of a queue that a broker changes while it runs, such as how much it holds.
        case change(QualifiedName, setting: String)
        /// Nothing uses it any more; it stays, with what waits in it, until somebody removes it.
        case retireExchange(QualifiedName)
        case retireQueue(QualifiedName)
        /// It exists and cannot be made into what is declared.
        case incompatible(QualifiedName, setting: String, from: String, to: String)
    }

    /// The steps, in an order in which they can be done.
    public let steps: [Step]

    /// What cannot be done.
    public var incompatible: [Step] {
        steps.filter { if case .incompatible = $0 { true } else { false } }
    }

    /// A plan of these steps.
    public init(_ steps: [Step]) { self.steps = steps }

    /// The steps from one topology to another.
    public init(from old: EventTopology, to new: EventTopology) {
        var steps: [Step] = []
        for exchange in new.exchanges {
            guard let before = old.exchange(exchange.name) else {
                steps.append(.createExchange(exchange.name))
                continue
            }
            if before.kind != exchange.kind {
                steps.append(
                    .incompatible(
                        exchange.name, setting: "kind", from: before.kind.rawValue, to: exchange.kind.rawValue))
            }
        }
        let (queues, before) = (Self.queues(new), Self.queues(old))
        for (name, queue) in queues.sorted(by: { $0.key < $1.key }) {
            guard let known = before[name] else {
                steps.append(.createQueue(name))
                continue
            }
            for (setting, from, to) in Self.fixed(known, queue) {
                steps.append(.incompatible(name, setting: setting, from: from, to: to))
            }
            for setting in Self.changeable(known.node, queue.node) { steps.append(.change(name, setting: setting)) }
        }
        let (bindings, former) = (Self.bindings(new), Self.bindings(old))
        for binding in bindings.subtracting(former).sorted(by: <) {
            steps.append(.bind(binding.queue, to: binding.exchange, pattern: binding.pattern))
        }
        for binding in former.subtracting(bindings).sorted(by: <) {
            steps.append(.unbind(binding.queue, from: binding.exchange, pattern: binding.pattern))
        }
        steps += old.exchanges.map(\.name).filter { new.exchange($0) == nil }.map { .retireExchange($0) }
        steps += before.keys.filter { queues[$0] == nil }.sorted().map { .retireQueue($0) }
        self.steps = steps
    }

    private struct Queue {
        let node: QueueNode
        /// Whether only one consumer gets its messages at a time.
        let isSingle: Bool
    }

    /// The declared queues, and those that subscriptions name without a declaration.
    private static func queues(_ topology: EventTopology) -> [QualifiedName: Queue] {
        let single = Set(topology.subscriptions.filter { $0.order != .none }.map(\.queue))
        var found: [QualifiedName: Queue] = [:]
        for name in topology.subscriptions.map(\.queue) {
            found[name] = Queue(node: QueueNode(name: name), isSingle: single.contains(name))
        }
        for node in topology.queues { found[node.name] = Queue(node: node, isSingle: single.contains(node.name)) }
        return found
    }

    private static func fixed(_ old: Queue, _ new: Queue) -> [(String, String, String)] {
        var found: [(String, String, String)] = []
        if old.node.kind != new.node.kind { found.append(("kind", old.node.kind.rawValue, new.node.kind.rawValue)) }
        if old.isSingle != new.isSingle {
            let words = { (isSingle: Bool) in isSingle ? "one at a time" : "any number" }
            found.append(("consumers", words(old.isSingle), words(new.isSingle)))
        }
        return found
    }

    private static func changeable(_ old: QueueNode, _ new: QueueNode) -> [String] {
        var found: [String] = []
        if old.mostMessages != new.mostMessages || old.mostBytes != new.mostBytes { found.append("hold up to") }
        if old.expireAfter != new.expireAfter { found.append("expire after") }
        if old.deliveries != new.deliveries { found.append("deliver up to") }
        if old.deadLetter != new.deadLetter { found.append("dead letter to") }
        return found
    }

    private struct Binding: Hashable {
        let queue, exchange: QualifiedName
        let pattern: String

        static func < (left: Binding, right: Binding) -> Bool {
            (left.queue, left.exchange, left.pattern) < (right.queue, right.exchange, right.pattern)
        }
    }

    private static func bindings(_ topology: EventTopology) -> Set<Binding> {
        let all = topology.subscriptions.flatMap { subscription in
            subscription.sources.flatMap { source in
                (source.patterns.isEmpty ? ["#"] : source.patterns).map {
                    Binding(queue: subscription.queue, exchange: source.exchange, pattern: $0)
                }
            }
        }
        return Set(all)
    }
}

extension TopologyPlan.Step: CustomStringConvertible {
    /// The step as one line.
    public var description: String {
        switch self {
        case .createExchange(let name): "create the exchange `\(name)`"
        case .createQueue(let name): "create the queue `\(name)`"
        case .bind(let queue, let exchange, let pattern): "bind `\(queue)` to `\(exchange)` by \"\(pattern)\""
        case .unbind(let queue, let exchange, let pattern): "unbind `\(queue)` from `\(exchange)` by \"\(pattern)\""
        case .change(let queue, let setting): "change `\(setting)` of the queue `\(queue)`"
        case .retireExchange(let name): "remove the exchange `\(name)` once nobody publishes to it"
        case .retireQueue(let name): "remove the queue `\(name)` once it is empty"
        case .incompatible(let name, let setting, let from, let to):
            "`\(name)` exists with \(setting) \(from), and cannot become \(to): declare it under a new name, let the old one run"
                + " empty, then remove it"
        }
    }
}

/// A topology cannot be brought about, because something exists that cannot be changed.
public struct TopologyError: Error, Sendable, CustomStringConvertible {
    /// All that would have to be done.
    public let plan: TopologyPlan

    /// An error with all that would have to be done.
    public init(_ plan: TopologyPlan) { self.plan = plan }

    /// The steps, one a line, what cannot be done first.
    public var description: String {
        let rest = plan.steps.filter { !plan.incompatible.contains($0) }
        return (["the topology cannot be changed so while it runs:"] + (plan.incompatible + rest).map { "  \($0)" })
            .joined(separator: "\n")
    }
}
