// SPDX-License-Identifier: Apache-2.0

extension EventTopology {
    /// The topology as an object; kinds of which there are none are left out.
    var json: JSON {
        var topology = ObjectBuilder()
        if let bus {
            topology.set("bus") {
                $0.set("name", bus.name); bus.write(to: &$0)
            }
        }
        set(&topology, "events", events) { ($0.name.eventText, $0.write) }
        set(&topology, "exchanges", exchanges) { ($0.name.description, $0.write) }
        set(&topology, "queues", queues) { ($0.name.description, $0.write) }
        set(&topology, "subscriptions", subscriptions) { ($0.name.description, $0.write) }
        set(&topology, "sagas", sagas) { ($0.name.description, $0.write) }
        set(&topology, "audits", audits) { ($0.name.description, $0.write) }
        set(&topology, "chaos-profiles", chaosProfiles) { ($0.name.description, $0.write) }
        return topology.json
    }

    private func set<Node>(
        _ topology: inout ObjectBuilder, _ key: String, _ nodes: [Node],
        _ member: (Node) -> (String, (inout ObjectBuilder) -> Void)
    ) {
        guard !nodes.isEmpty else { return }
        topology.set(key) { list in
            for node in nodes {
                let (name, write) = member(node)
                list.set(name, write)
            }
        }
    }

    /// Reads what ``json`` writes.
    init(_ value: JSON, path: String) throws(GraphReadError) {
        var topology = try ObjectReader(value, path: path)
        let bus = try topology.object("bus").map { (bus) throws(GraphReadError) in
            var reader = bus
            let name = try reader.required("name", "a name", \.asString)
            let node = try BusNode(&reader, name: QualifiedName(full: name))
            try reader.finish()
            return node
        }
        self.init(
            bus: bus,
            events: try Self.read(&topology, "events") { (reader, name) throws(GraphReadError) in
                try EventNode(&reader, name: QualifiedName(event: name))
            },
            exchanges: try Self.read(&topology, "exchanges") { (reader, name) throws(GraphReadError) in
                try ExchangeNode(&reader, name: QualifiedName(full: name))
            },
            queues: try Self.read(&topology, "queues") { (reader, name) throws(GraphReadError) in
                try QueueNode(&reader, name: QualifiedName(full: name))
            },
            subscriptions: try Self.read(&topology, "subscriptions") { (reader, name) throws(GraphReadError) in
                try SubscriptionNode(&reader, name: QualifiedName(full: name))
            },
            sagas: try Self.read(&topology, "sagas") { (reader, name) throws(GraphReadError) in
                try SagaNode(&reader, name: QualifiedName(full: name))
            },
            audits: try Self.read(&topology, "audits") { (reader, name) throws(GraphReadError) in
                try AuditNode(&reader, name: QualifiedName(full: name))
            },
            chaosProfiles: try Self.read(&topology, "chaos-profiles") { (reader, name) throws(GraphReadError) in
                try ChaosProfileNode(&reader, name: QualifiedName(full: name))
            })
        try topology.finish()
    }

    private static func read<Node>(
        _ topology: inout ObjectReader, _ key: String,
        _ make: (inout ObjectReader, String) throws(GraphReadError) -> Node
    ) throws(GraphReadError) -> [Node] {
        guard var list = try topology.object(key) else { return [] }
        var nodes: [Node] = []
        for (name, value) in list.takeAll() {
            var reader = try ObjectReader(value, path: list.path(of: name))
            nodes.append(try make(&reader, name))
            try reader.finish()
        }
        return nodes
    }
}

extension QualifiedName {
    /// An event's full name where its package must be told from its type, which has dots, too: `shop.checkout/order.placed`.
    var eventText: String { package.isEmpty ? name : "\(package)/\(name)" }

    /// Reads what ``eventText`` writes.
    init(event text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        self.init(package: parts.count == 2 ? parts[0] : "", name: parts.last ?? text)
    }
}

extension ObjectReader {
    mutating func name(_ key: String) throws(GraphReadError) -> QualifiedName {
        QualifiedName(full: try required(key, "a name", \.asString))
    }

    mutating func optionalName(_ key: String) throws(GraphReadError) -> QualifiedName? {
        try optional(key, "a name", \.asString).map { QualifiedName(full: $0) }
    }

    mutating func optionalOperation(_ key: String) throws(GraphReadError) -> QualifiedName? {
        try optional(key, "a name", \.asString).map { QualifiedName(operation: $0) }
    }

    mutating func event(_ key: String) throws(GraphReadError) -> QualifiedName {
        QualifiedName(event: try required(key, "a name", \.asString))
    }

    mutating func events(_ key: String) throws(GraphReadError) -> [QualifiedName] {
        try optional(key, "a list of names") { $0.asList(\.asString) }.map { $0.map { QualifiedName(event: $0) } } ?? []
    }

    mutating func flag(_ key: String) throws(GraphReadError) -> Bool {
        try optional(key, "`true`", \.asBoolean) ?? false
    }

    /// Each element of a list, read as an object.
    mutating func objects<Part>(
        _ key: String, _ make: (inout ObjectReader) throws(GraphReadError) -> Part
    ) throws(GraphReadError) -> [Part] {
        var parts: [Part] = []
        for value in try optional(key, "a list", \.asArray) ?? [] {
            var reader = try ObjectReader(value, path: path(of: "\(key)[\(parts.count)]"))
            parts.append(try make(&reader))
            try reader.finish()
        }
        return parts
    }
}

extension ObjectBuilder {
    mutating func set(events names: [QualifiedName], _ key: String) {
        if !names.isEmpty { set(key, JSON.array(names.map { .string($0.eventText) })) }
    }

    mutating func set(flag: Bool, _ key: String) { if flag { set(key, JSON.boolean(true)) } }

    mutating func set(time: Int64?, _ key: String) { set(key, time.map { JSON.integer($0) }) }
}
