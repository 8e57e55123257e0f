// SPDX-License-Identifier: Apache-2.0

extension SagaNode {
    func write(to saga: inout ObjectBuilder) {
        saga.set(events: start, "start-when")
        saga.set("correlate-by", key)
        saga.set("steps", JSON.array(steps.map(\.json)))
        saga.set("within", within)
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        self.init(
            name: name, start: try reader.events("start-when"),
            key: try reader.required("correlate-by", "a name", \.asString),
            steps: try reader.objects("steps") { (step) throws(GraphReadError) in try Step(&step) },
            within: try reader.required("within", "a duration", \.asDuration))
    }
}

extension SagaNode.Step {
    var json: JSON {
        var step = ObjectBuilder()
        step.set("step", name)
        if let action { step.set("do", action.write) }
        step.set(events: awaits, "await")
        step.set(events: failsWhen, "fail-when")
        if let compensation { step.set("compensate", compensation.write) }
        step.set("within", within)
        return step.json
    }

    init(_ reader: inout ObjectReader) throws(GraphReadError) {
        self.init(
            name: try reader.required("step", "a name", \.asString), action: try SagaNode.Action.read(&reader, "do"),
            awaits: try reader.events("await"), failsWhen: try reader.events("fail-when"),
            compensation: try SagaNode.Action.read(&reader, "compensate"),
            within: try reader.optional("within", "a duration", \.asDuration))
    }
}

extension SagaNode.Action {
    func write(to action: inout ObjectBuilder) {
        switch self {
        case .call(let operation, let policy):
            action.set("call", operation)
            action.set("using", policy)
        case .publish(let event, let exchange):
            action.set("publish", event.eventText)
            action.set("to", exchange)
        }
    }

    static func read(_ reader: inout ObjectReader, _ key: String) throws(GraphReadError) -> SagaNode.Action? {
        guard var action = try reader.object(key) else { return nil }
        let found: SagaNode.Action
        if let operation = try action.optionalOperation("call") {
            found = .call(operation, policy: try action.optionalName("using"))
        } else {
            found = .publish(try action.event("publish"), to: try action.name("to"))
        }
        try action.finish()
        return found
    }
}

extension AuditNode {
    func write(to audit: inout ObjectBuilder) {
        audit.set("from", JSON.array(sources.map(\.json)))
        audit.set("keep", keep)
        audit.set("hold-bytes", mostBytes)
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        self.init(
            name: name,
            sources: try reader.objects("from") { (source) throws(GraphReadError) in
                try SubscriptionNode.Source(&source)
            }, keep: try reader.optional("keep", "a duration", \.asDuration),
            mostBytes: try reader.optional("hold-bytes", "a number", \.asInteger))
    }
}

extension ChaosProfileNode {
    func write(to profile: inout ObjectBuilder) {
        profile.set("duplicate", duplicate)
        profile.set("delay") {
            $0.set("share", delay)
            $0.set("by", delayBy)
        }
        profile.set("drop-acks", dropAcks)
        profile.set("for", JSON.array(subscriptions.map { .string($0.description) }))
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        let duplicate = try reader.required("duplicate", "a percentage", \.asRatio)
        var late = try reader.requiredObject("delay")
        let share = try late.required("share", "a percentage", \.asRatio)
        let delay = try late.required("by", "a duration", \.asDuration)
        try late.finish()
        let dropAcks = try reader.required("drop-acks", "a percentage", \.asRatio)
        let names = try reader.required("for", "a list of names") { $0.asList(\.asString) }
        self.init(
            name: name, duplicate: duplicate, delay: share, delayBy: delay, dropAcks: dropAcks,
            subscriptions: names.map { QualifiedName(full: $0) })
    }
}
