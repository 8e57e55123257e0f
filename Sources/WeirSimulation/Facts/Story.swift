// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Everything that happened in one run of the simulation.
public struct Story: Sendable, Hashable {
    /// The calls in the order in which they began.
    public internal(set) var calls: [CallFact] = []
    /// The attempts that reached operations, in the order of their times.
    public internal(set) var arrivals: [ArrivalFact] = []
    /// The changes of breakers, in the order of their times.
    public internal(set) var transitions: [TransitionFact] = []
    /// What happened to events, in the order of their times.
    public internal(set) var events: [EventFact] = []
    /// What became of requests to APIs, in their order.
    public internal(set) var requests: [RequestFact] = []
    /// The breakers' states at the moments that were asked for, by the number of the question.
    public internal(set) var readings: [Int: [BreakerReading]] = [:]
    /// All events in the order of their times, as far as the limit allows.
    public internal(set) var trace: [TraceEntry] = []
    /// Events that the trace has no room for.
    public internal(set) var untraced = 0
    /// When the last thing happened.
    public internal(set) var end = VirtualTime.zero
    /// Why the story could not be played to its end; nil when it was.
    public internal(set) var problem: String?
    /// What a reader must know about the pipelines that ran, such as steps that this version does not enforce.
    public internal(set) var notes: [String] = []

    /// The calls made to an operation.
    func calls(to operation: QualifiedName) -> [CallFact] { calls.filter { $0.operation == operation } }
    /// The attempts that reached an operation.
    func arrivals(at operation: QualifiedName) -> [ArrivalFact] { arrivals.filter { $0.operation == operation } }
}
