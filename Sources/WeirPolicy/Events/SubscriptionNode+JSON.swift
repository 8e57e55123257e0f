// SPDX-License-Identifier: Apache-2.0

extension SubscriptionNode {
    func write(to subscription: inout ObjectBuilder) {
        subscription.set("from", JSON.array(sources.map(\.json)))
        subscription.set("where", filter?.json)
        subscription.set("through", queue)
        subscription.set("deliver", JSON.array(deliveries.map(\.json)))
        subscription.set("using", policy)
        subscription.set("prefetch", prefetch)
        if let once {
            subscription.set("once") {
                $0.set("per", once.field)
                $0.set("within", once.within)
            }
        }
        switch order {
        case .none: break
        case .strict: subscription.set("in-order", JSON.boolean(true))
        case .byKey(let field, let lanes):
            subscription.set("in-order-by") {
                $0.set("field", field)
                $0.set("lanes", lanes)
            }
        }
        if let lock {
            subscription.set("lock") {
                $0.set("by", lock.field)
                $0.set("for", lock.lease)
            }
        }
        if let redelivery { subscription.set("redeliver", redelivery.write) }
        subscription.set("dead-letter-to", deadLetter)
        subscription.set("stop-after-hops", mostHops)
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        let sources = try reader.objects("from") { (source) throws(GraphReadError) in try Source(&source) }
        let filter = try Filter.read(&reader, "where")
        let queue = try reader.name("through")
        let deliveries = try reader.objects("deliver") { (delivery) throws(GraphReadError) in try Delivery(&delivery) }
        let policy = try reader.optionalName("using")
        let prefetch = try reader.required("prefetch", "a number", \.asInteger)
        var once: Once?
        if var memory = try reader.object("once") {
            once = Once(
                field: try memory.optional("per", "a name", \.asString),
                within: try memory.required("within", "a duration", \.asDuration))
            try memory.finish()
        }
        let order = try Order(&reader)
        var lock: Lock?
        if var lease = try reader.object("lock") {
            lock = Lock(
                field: try lease.required("by", "a name", \.asString),
                lease: try lease.required("for", "a duration", \.asDuration))
            try lease.finish()
        }
        let redelivery = try RedeliveryPolicy.read(&reader)
        self.init(
            name: name, sources: sources, filter: filter, queue: queue, deliveries: deliveries, policy: policy,
            prefetch: prefetch, once: once, order: order, lock: lock, redelivery: redelivery,
            deadLetter: try reader.optionalName("dead-letter-to"),
            mostHops: try reader.optional("stop-after-hops", "a number", \.asInteger))
    }
}

extension SubscriptionNode.Order {
    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        self = try reader.flag("in-order") ? .strict : .none
        guard var key = try reader.object("in-order-by") else { return }
        self = .byKey(
            field: try key.required("field", "a name", \.asString),
            lanes: try key.required("lanes", "a number", \.asInteger))
        try key.finish()
    }
}

extension SubscriptionNode.Source {
    var json: JSON {
        var source = ObjectBuilder()
        source.set("exchange", exchange)
        source.set("matching", JSON.array(patterns.map { .string($0) }))
        return source.json
    }

    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        let exchange = try reader.name("exchange")
        let patterns = try reader.required("matching", "a list of patterns") { $0.asList(\.asString) }
        guard patterns.allSatisfy({ $0.utf8.count <= TopicPattern.mostBytes }) else {
            throw GraphReadError(
                code: .value, path: reader.path(of: "matching"),
                message: "a pattern has at most \(TopicPattern.mostBytes) bytes")
        }
        self.init(exchange: exchange, patterns: patterns)
    }
}

extension SubscriptionNode.Delivery {
    var json: JSON {
        var delivery = ObjectBuilder()
        delivery.set("to", operation)
        delivery.set("when", filter?.json)
        return delivery.json
    }

    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        let operation = try reader.required("to", "a name", \.asString)
        self.init(operation: QualifiedName(operation: operation), filter: try Filter.read(&reader, "when"))
    }
}

extension RedeliveryPolicy {
    func write(to redelivery: inout ObjectBuilder) {
        retry.write(to: &redelivery)
        redelivery.set("at-once", atOnce)
        redelivery.set("in-place", JSON.boolean(waitsInPlace))
        redelivery.set("park", park)
    }

    static func read(_ reader: inout ObjectReader) throws(GraphReadError) -> RedeliveryPolicy? {
        guard var redelivery = try reader.object("redeliver") else { return nil }
        let atOnce = try redelivery.required("at-once", "a number", \.asInteger)
        let inPlace = try redelivery.required("in-place", "`true` or `false`", \.asBoolean)
        let park = try redelivery.required("park", "a list of outcomes", \.asOutcomes)
        let retry = try RetryPolicy(&redelivery)
        try redelivery.finish()
        return RedeliveryPolicy(retry, atOnce: atOnce, waitsInPlace: inPlace, park: park)
    }
}
