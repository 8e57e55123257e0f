// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension SagaRun {
    /// The run as a store keeps it.
    /// - Parameter keep: until when it is remembered once it has ended.
    func record(_ key: SagaKey, version: Int64, keep: Timestamp) -> SagaRecord {
        var members: [String: JSONValue] = [
            "step": .string(step), "started": .string("\(started)"), "step-started": .string("\(stepStarted)"),
            "start-id": .string(startID), "pending": .boolean(isPending), "attempts": .integer(Int64(attempts)),
            "early": .array(early.sorted().map { .string($0) }), "fields": .object(fields),
            "cause": .string(cause.id), "correlation": .string(cause.correlation), "hops": .integer(Int64(cause.hops)),
        ]
        members["failure"] = failure.map { .string($0) }
        return SagaRecord(
            key: key, version: version, phase: phase.rawValue, due: due, keep: phase.isEnd ? keep : nil,
            body: String(decoding: JSONValue.object(members).bytes, as: UTF8.self))
    }

    /// Reads what a store kept.
    /// - Throws: ``StoreError`` `damaged` when it is none of ours.
    init(_ record: SagaRecord) throws(StoreError) {
        let damaged = StoreError(
            .damaged, "the run `\(record.key.run)` of the saga `\(record.key.saga)` cannot be read")
        guard let body = try? JSONValue(parsing: Array(record.body.utf8)), let phase = Phase(rawValue: record.phase),
            let started = body["started"]?.time, let stepStarted = body["step-started"]?.time,
            let step = body["step"]?.text, let startID = body["start-id"]?.text,
            let cause = body["cause"]?.text, let correlation = body["correlation"]?.text,
            case .object(let fields)? = body["fields"], case .integer(let hops)? = body["hops"],
            case .integer(let attempts)? = body["attempts"], case .boolean(let isPending)? = body["pending"],
            case .array(let early)? = body["early"]
        else { throw damaged }
        self.init(
            phase: phase, step: step, failure: body["failure"]?.text, started: started, fields: fields,
            startID: startID, stepStarted: stepStarted,
            cause: Cause(id: cause, correlation: correlation, hops: Int(clamping: hops)))
        self.isPending = isPending
        self.attempts = Int(clamping: attempts)
        self.early = Set(early.compactMap(\.text))
        due = record.due
    }
}

extension JSONValue {
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var time: Timestamp? { text.flatMap { Timestamp($0) } }
}
