// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Turns the declarations of events, exchanges, queues and the bus into nodes.
struct EventLowering {
    private let scope: EventScope

    init(_ scope: EventScope) { self.scope = scope }

    func event(_ name: QualifiedName, _ declared: Declared) -> EventNode? {
        let statement = declared.statement
        checkLength(name.name, declared.nameRange, "the type of an event")
        var fields: [EventNode.Field] = []
        for field in statement.all(.eventField) {
            guard let value = field.value(.name), let word = field.value(.type)?.text,
                let type = FieldType(rawValue: word)
            else { continue }
            check(value, fields, statement)
            fields.append(EventNode.Field(name: value.text, type: type))
        }
        let key = statement.first(.eventKey)?.value(.key)
        if let key { check(key: key, fields) }
        let successor = scope.event(statement.first(.eventSuccessor)?.value(.successor))
        return EventNode(
            name: name, fields: fields, key: key?.text, schema: statement.first(.eventSchema)?.value(.schema)?.string(),
            lifecycle: EventNode.Lifecycle(
                deprecated: statement.first(.eventDeprecated)?.value(.deprecated)?.secondsSince1970(),
                sunset: statement.first(.eventSunset)?.value(.sunset)?.secondsSince1970(), successor: successor,
                reason: statement.first(.eventReason)?.value(.reason)?.string()))
    }

    private func check(_ field: Value, _ earlier: [EventNode.Field], _ statement: Statement) {
        if FilterWords.reserved.contains(field.text) {
            scope.report(
                .reservedField, "a field cannot be called `\(field.text)`", at: field.range,
                label: "filters read this word as something else", help: "give it another name")
        }
        guard earlier.contains(where: { $0.name == field.text }),
            let first = statement.all(.eventField).compactMap({ $0.value(.name) }).first(where: {
                $0.text == field.text
            })
        else { return }
        scope.report(
            .duplicateName, "field `\(field.text)` is declared twice", at: field.range, label: "declared again here",
            help: "delete one of them",
            secondary: [scope.files.label(first.range, in: scope.file, "first declared here")])
    }

    private func check(key: Value, _ fields: [EventNode.Field]) {
        guard !key.isDamaged, !fields.contains(where: { $0.name == key.text }) else { return }
        scope.names.findings.report(
            UnknownName(kind: "field", name: key.text, candidates: fields.map(\.name))
                .diagnostic(at: scope.files.label(key.range, in: scope.file)))
    }

    private func checkLength(_ name: String, _ range: SourceRange, _ what: String) {
        guard name.utf8.count > TopicPattern.mostBytes else { return }
        scope.report(
            .outOfBounds, "\(what) has at most \(TopicPattern.mostBytes) bytes, and this one has \(name.utf8.count)",
            at: range)
    }

    func exchange(_ name: QualifiedName, _ declared: Declared) -> ExchangeNode? {
        let statement = declared.statement
        checkLength(name.description, declared.nameRange, "the full name of an exchange")
        scope.reportContradiction(
            statement, .unroutedTo, .unroutedRefused, "unrouted events are either kept or refused")
        var unrouted = ExchangeNode.Unrouted.undeclared
        if statement.first(.unroutedRefused) != nil { unrouted = .refused }
        if let queue = scope.queue(statement.first(.unroutedTo)?.value(.unroutedTo)) { unrouted = .queue(queue) }
        return ExchangeNode(
            name: name,
            kind: statement.first(.exchangeKind)?.value(.kind).flatMap { ExchangeNode.Kind(rawValue: $0.text) }
                ?? ExchangeNode.defaultKind,
            carries: carries(statement), unrouted: unrouted, publish: publish(statement))
    }

    /// The types that an exchange carries; two of the same type from different packages cannot be told apart.
    private func carries(_ statement: Statement) -> [QualifiedName] {
        var names: [String: (name: QualifiedName, value: Value)] = [:]
        for value in statement.first(.carries)?.values(.carries) ?? [] {
            guard let name = scope.event(value) else { continue }
            guard let first = names[name.name] else {
                names[name.name] = (name, value)
                continue
            }
            scope.report(
                .duplicateName, "`\(name.name)` is carried twice", at: value.range, label: "and again here",
                help: first.name == name ? "delete one of them" : "rename the type in one of their packages",
                secondary: [scope.files.label(first.value.range, in: scope.file, "named here")])
        }
        return names.values.map(\.name)
    }

    private func publish(_ statement: Statement) -> PublishSettings? {
        guard let publish = statement.first(.publish), !publish.isDamaged else { return nil }
        let messages = publish.first(.windowMessages)
        let count = messages.flatMap { scope.reader.count($0.value(.windowMessages), in: $0) }
        let bytes = publish.first(.windowBytes)?.value(.windowBytes)
        let timeout = publish.first(.publishTimeout)?.value(.timeout)
        do {
            return try PublishSettings(
                windowMessages: count ?? PublishSettings.defaultWindowMessages,
                windowBytes: bytes?.size() ?? PublishSettings.defaultWindowBytes,
                timeout: scope.reader.duration(timeout) ?? PublishSettings.defaultTimeout,
                usesOutbox: publish.first(.outbox) != nil)
        } catch {
            let range = error.setting == "timeout" ? timeout?.range : bytes?.range
            scope.report(.outOfBounds, error.description, at: range ?? publish.keywordRange)
            return nil
        }
    }

    func queue(_ name: QualifiedName, _ declared: Declared) -> QueueNode? {
        let statement = declared.statement
        checkLength(name.description, declared.nameRange, "the full name of a queue")
        let count = { (form: Form, slot: Slot) in
            statement.first(form).flatMap { scope.reader.count($0.value(slot), in: $0) }
        }
        return QueueNode(
            name: name,
            kind: statement.first(.queueKind)?.value(.kind).flatMap { QueueNode.Kind(rawValue: $0.text) }
                ?? QueueNode.defaultKind,
            mostMessages: count(.holdMessages, .holdMessages),
            mostBytes: statement.first(.holdBytes)?.value(.holdBytes)?.size(),
            expireAfter: scope.reader.duration(statement.first(.expireAfter)?.value(.expireAfter)),
            deliveries: count(.deliverTimes, .deliverTimes),
            deadLetter: scope.queue(statement.first(.deadLetter)?.value(.deadLetterTo)))
    }

    func bus(_ name: QualifiedName, _ declared: Declared) -> BusNode? {
        let statement = declared.statement
        let envelope = statement.first(.envelope)?.value(.envelope).flatMap { BusNode.Envelope(rawValue: $0.text) }
        let delays = statement.first(.delays).flatMap { scope.reader.durations($0.values(.delays)) }
        let acknowledge = statement.first(.acknowledgeWithin)?.value(.acknowledgeWithin)
        return BusNode(
            name: name, source: statement.first(.eventSource)?.value(.source)?.string(), envelope: envelope ?? .binary,
            target: target(statement), delays: delays ?? BusNode.defaultDelays,
            acknowledgeWithin: scope.reader.duration(acknowledge) ?? BusNode.defaultAcknowledgeWithin,
            publish: publish(statement))
    }

    private func target(_ statement: Statement) -> BusNode.Target {
        guard let value = statement.first(.target)?.value(.rabbitmq), !value.isDamaged, let text = value.string() else {
            return .memory
        }
        if let target = BusNode.Target(text: "rabbitmq \(text)") { return target }
        scope.report(
            .malformedValue, "`\(text)` is no version of RabbitMQ", at: value.range,
            label: "expected two numbers such as `3.10`")
        return .memory
    }
}
