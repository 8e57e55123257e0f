// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Turns the declaration of a subscription into a node, and checks that what it reads is there to be read.
struct SubscriptionLowering {
    private let scope: EventScope
    private let known: KnownEvents

    init(_ scope: EventScope, _ known: KnownEvents) {
        self.scope = scope
        self.known = known
    }

    func subscription(_ name: QualifiedName, _ declared: Declared) -> SubscriptionNode? {
        let statement = declared.statement
        let hasFrom = scope.needs(.from, "from", declared, .subscription)
        let hasQueue = scope.needs(.through, "through", declared, .subscription)
        let hasDelivery = scope.needs(.deliver, "deliver", declared, .subscription)
        scope.reportContradiction(
            statement, .inOrder, .inOrderBy, "events are handled either all in order or in order by a field")
        let sources = scope.sources(statement, known.exchanges)
        let arriving = known.arriving(over: sources)
        let filters = FilterChecks(scope, arriving)
        let filter = filters.filter(statement.first(.where)?.value(.where))
        let deliveries = statement.all(.deliver).compactMap { deliver -> SubscriptionNode.Delivery? in
            let filter = filters.filter(deliver.value(.when))
            return scope.name(.operation, deliver.value(.to)).map {
                SubscriptionNode.Delivery(operation: $0, filter: filter)
            }
        }
        let queue = scope.queue(statement.first(.through)?.value(.through))
        let policy = scope.name(.policy, statement.first(.handlerPolicy)?.value(.using))
        let prefetch = statement.first(.prefetch).flatMap { scope.reader.count($0.value(.prefetch), in: $0) }
        let hops = statement.first(.stopAfterHops).flatMap { scope.reader.count($0.value(.stopAfterHops), in: $0) }
        let node = SubscriptionNode(
            name: name, sources: sources, filter: filter, queue: queue ?? name, deliveries: deliveries, policy: policy,
            prefetch: prefetch ?? SubscriptionNode.defaultPrefetch, once: once(statement, filters),
            order: order(statement, filters), lock: lock(statement, filters), redelivery: redelivery(statement),
            deadLetter: scope.queue(statement.first(.deadLetter)?.value(.deadLetterTo)), mostHops: hops)
        return hasFrom && hasQueue && hasDelivery && queue != nil ? node : nil
    }

    private func once(_ statement: Statement, _ filters: FilterChecks) -> SubscriptionNode.Once? {
        guard let once = statement.all(.once).first, let per = once.value(.per),
            let within = scope.reader.duration(once.value(.within))
        else { return nil }
        guard per.text != "event" else { return SubscriptionNode.Once(field: nil, within: within) }
        filters.check(field: per)
        return SubscriptionNode.Once(field: per.text, within: within)
    }

    private func order(_ statement: Statement, _ filters: FilterChecks) -> SubscriptionNode.Order {
        if statement.first(.inOrder) != nil { return .strict }
        guard let order = statement.all(.inOrderBy).first, let field = order.value(.field) else { return .none }
        filters.check(field: field)
        let lanes = order.value(.lanes).flatMap { scope.reader.count($0, in: order) }
        return .byKey(field: field.text, lanes: lanes ?? SubscriptionNode.defaultLanes)
    }

    private func lock(_ statement: Statement, _ filters: FilterChecks) -> SubscriptionNode.Lock? {
        guard let lock = statement.all(.lock).first, let field = lock.value(.by),
            let lease = scope.reader.duration(lock.value(.for))
        else { return nil }
        filters.check(field: field)
        return SubscriptionNode.Lock(field: field.text, lease: lease)
    }

    /// Attempts and waits are read as those of a retry; what is left open has defaults of its own, for it may wait longer.
    private func redelivery(_ statement: Statement) -> RedeliveryPolicy? {
        guard let redeliver = statement.all(.redeliver).first else { return nil }
        let written = SettingCollector(names: scope.names)
            .settings(of: redeliver, .retry, in: scope.file, layer: .engine)
        var settings = StepSettings(
            kind: .retry, statement: redeliver, file: scope.file, own: written, defaults: [], constants: scope.constants
        )
        guard let read = settings.retry() else { return nil }
        let wait = redeliver.first(.wait)
        let isOwnWait = wait != nil || redeliver.first(.waitInTurn) != nil
        let isOwnCap = wait?.value(.upTo) != nil || redeliver.first(.waitInTurn) != nil
        let retry = settings.make { () throws(InvalidValue) in
            try RetryPolicy(
                attempts: read.attempts, backoff: isOwnWait ? read.backoff : RedeliveryPolicy.defaultBackoff,
                cap: isOwnCap ? read.cap : RedeliveryPolicy.defaultCap, jitter: read.jitter,
                when: redeliver.first(.when) == nil ? RedeliveryPolicy.defaultWhen : read.when,
                giveUpAfter: read.giveUpAfter)
        }
        let atOnce = redeliver.first(.atOnce).flatMap { scope.reader.count($0.value(.atOnce), in: $0) }
        return retry.map {
            RedeliveryPolicy(
                $0, atOnce: atOnce ?? 0, waitsInPlace: redeliver.first(.inPlace) != nil,
                park: redeliver.first(.park)?.outcomes(.park) ?? [])
        }
    }
}
