// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// One run of a saga: where it is, and what it knows.
public struct SagaRun: Sendable, Hashable {
    /// Where a run is.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Its steps are made.
        case running
        /// A step failed, and what was done is undone, the last first.
        case undoing
        /// All steps are done.
        case completed
        /// What was done is undone.
        case undone
        /// It cannot go on by itself: a compensation went on failing, or its step is not declared any more.
        case stuck

        /// Whether nothing happens any more.
        public var isEnd: Bool { self == .completed || self == .undone || self == .stuck }
    }

    /// The event that moved it last; what it publishes says so.
    struct Cause: Sendable, Hashable {
        var id: String
        var correlation: String
        var hops: Int
    }

    /// Where it is.
    public internal(set) var phase: Phase
    /// The step that is made or undone, or was the last.
    public internal(set) var step: String
    /// Why it failed; nil while it has not.
    public internal(set) var failure: String?
    /// When it began.
    public let started: Timestamp
    /// The members of all its events' payloads; of one name the last.
    public internal(set) var fields: [String: JSONValue]

    /// The id of the event that set it off.
    let startID: String
    /// Whether the step's action, or its compensation, is still to be done.
    var isPending = false
    /// How often that was tried.
    var attempts = 0
    var stepStarted: Timestamp
    /// When something is to be done; nil: when an event comes, or never again.
    var due: Timestamp?
    /// Events that came before the step that waits for them.
    var early: Set<String> = []
    var cause: Cause

    /// A run that has begun with an event, and has no step yet.
    init(_ event: Event, at now: Timestamp) {
        phase = .running
        step = ""
        started = now
        stepStarted = now
        startID = event.id
        fields = [:]
        cause = Cause(id: event.id, correlation: event.correlationID ?? event.id, hops: event.hops)
        learn(event)
    }

    init(
        phase: Phase, step: String, failure: String?, started: Timestamp, fields: [String: JSONValue], startID: String,
        stepStarted: Timestamp, cause: Cause
    ) {
        self.phase = phase
        self.step = step
        self.failure = failure
        self.started = started
        self.fields = fields
        self.startID = startID
        self.stepStarted = stepStarted
        self.cause = cause
    }

    /// The most bytes that a run's name may have.
    static let longestName = 1024
    /// The most bytes that the fields of a run may have together; events beyond it move the run and are not remembered.
    static let mostBytes = 256 << 10

    /// Takes over what an event says.
    mutating func learn(_ event: Event) {
        cause = Cause(id: event.id, correlation: cause.correlation, hops: max(cause.hops, event.hops))
        guard case .object(let members)? = event.json else { return }
        let merged = fields.merging(members) { _, new in new }
        if JSONValue.object(merged).bytes.count <= Self.mostBytes { fields = merged }
    }
}
