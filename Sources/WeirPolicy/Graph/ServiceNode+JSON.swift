// SPDX-License-Identifier: Apache-2.0

extension ServiceNode {
    var json: JSON {
        var service = ObjectBuilder()
        service.set("external", JSON.boolean(isExternal))
        service.set("owner", owner)
        service.set("tier", tier)
        return service.json
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        self.init(
            name: name, isExternal: try reader.required("external", "`true` or `false`", \.asBoolean),
            owner: try reader.optional("owner", "a text", \.asString),
            tier: try reader.optional("tier", "a name", \.asString))
    }
}

extension OperationNode {
    var json: JSON {
        var operation = ObjectBuilder()
        operation.set("method", method)
        operation.set("route", route)
        operation.set("idempotent", idempotency.json)
        operation.set("load", load)
        operation.set("typical", typicalLatency)
        operation.set("p99", p99Latency)
        operation.set("answers-within", answersWithin)
        operation.set("calls", JSON.array(calls.map(\.json)))
        operation.set(
            "publishes",
            JSON.array(
                publishes.map {
                    .object(["event": .string($0.event.eventText), "to": .string($0.exchange.description)])
                }))
        if !objectives.isEmpty { operation.set("objectives", JSON.array(objectives.map(\.json))) }
        return operation.json
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        let method = try reader.optional("method", "a text", \.asString)
        let route = try reader.optional("route", "a text", \.asString)
        let idempotency = try Idempotency(&reader)
        let load = try reader.optional("load", "a rate", \.asRate)
        let typical = try reader.optional("typical", "a duration", \.asDuration)
        let p99 = try reader.optional("p99", "a duration", \.asDuration)
        let answersWithin = try reader.optional("answers-within", "a duration", \.asDuration)
        var calls: [Call] = []
        for value in try reader.required("calls", "a list of calls", \.asArray) {
            calls.append(try Call(value, path: reader.path(of: "calls[\(calls.count)]")))
        }
        var publishes: [Publication] = []
        for value in try reader.required("publishes", "a list of events", \.asArray) {
            var entry = try ObjectReader(value, path: reader.path(of: "publishes[\(publishes.count)]"))
            publishes.append(
                Publication(event: try entry.event("event"), exchange: try entry.name("to")))
            try entry.finish()
        }
        var objectives: [ServiceObjective] = []
        for value in try reader.optional("objectives", "a list of objectives", \.asArray) ?? [] {
            objectives.append(try ServiceObjective(value, path: reader.path(of: "objectives[\(objectives.count)]")))
        }
        self.init(
            name: name, method: method, route: route, idempotency: idempotency, load: load, typicalLatency: typical,
            p99Latency: p99, answersWithin: answersWithin, calls: calls, publishes: publishes, objectives: objectives)
    }
}

extension OperationNode.Idempotency {
    var json: JSON? {
        switch self {
        case .undeclared: nil
        case .idempotent: .boolean(true)
        case .by(let key): .object(["by": .string(key.description)])
        case .notIdempotent: .boolean(false)
        }
    }

    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        guard let value = reader.take("idempotent") else {
            self = .undeclared
            return
        }
        if let flag = value.asBoolean {
            self = flag ? .idempotent : .notIdempotent
            return
        }
        var entry = try ObjectReader(value, path: reader.path(of: "idempotent"))
        self = .by(try entry.required("by", "a key") { $0.asString.flatMap { ScopeKey.Source(text: $0) } })
        try entry.finish()
    }
}

extension OperationNode.Call {
    var json: JSON {
        var call = ObjectBuilder()
        call.set("to", callee)
        call.set("times", times)
        call.set("using", policy)
        return call.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var call = try ObjectReader(value, path: path)
        let callee = try call.required("to", "a name", \.asString)
        let times = try call.required("times", "a number", \.asInteger)
        let policy = try call.optional("using", "a name", \.asString)
        try call.finish()
        self.init(
            callee: QualifiedName(operation: callee), times: times, policy: policy.map { QualifiedName(full: $0) })
    }
}
