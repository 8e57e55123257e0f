// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirResilience

/// What is in force at one moment, and how it is doing.
public struct WeirStatus: Sendable {
    /// How reloads have ended since the start.
    public struct ReloadCounts: Sendable, Hashable {
        /// A new graph was put in force.
        public internal(set) var applied = 0
        /// The files were refused.
        public internal(set) var rejected = 0
        /// The files said what was in force or had been refused already.
        public internal(set) var unchanged = 0
    }

    /// A handle that was given.
    public struct Handle: Sendable {
        /// The name that it was asked for by.
        public let name: String
        /// The operation that it calls; nil for a handle of a policy.
        public let operation: QualifiedName?
        /// The policy that its calls run through.
        public let policy: QualifiedName
        /// Where in the service's code it was obtained, `file:line`.
        public let place: String
        /// Whose live states and counters its calls use; handles of one owner share them.
        public let owner: QualifiedName
        /// What its calls have come to.
        public let counters: PipelineCounters.Snapshot
        /// Abandoned work that is still running.
        public let orphans: Int
    }

    /// A breaker's state.
    public struct Breaker: Sendable {
        /// Which one.
        public let key: StateKey
        /// The value of its scope key; nil when it is the only one.
        public let scope: String?
        /// Its state.
        public let snapshot: BreakerSnapshot
    }

    /// Counts the graphs since the start, from 1.
    public let generation: Int
    /// The SHA-256 of the graph in force, 64 hex digits.
    public let graphHash: String
    /// The environment whose settings hold.
    public let environment: String?
    /// The SHA-256 of the files that are refused at present; nil when none are.
    public let rejectedHash: String?
    /// Why they are refused.
    public let rejection: LoadError?
    /// The age in seconds at the start of the last good bundle; nil when the files themselves are in force.
    public let lastGoodAge: Int64?
    /// How reloads have ended.
    public let reloads: ReloadCounts
    /// The handles in the order in which they were obtained.
    public let handles: [Handle]
    /// The breakers in order of their keys.
    public let breakers: [Breaker]
    /// Events that slow listeners lost.
    public let droppedEvents: UInt64
    /// Graphs that running calls hold, the one in force included.
    public let graphsInUse: Int
}

extension Weir {
    /// What is in force now; looks at every handle, so ask for it some times a second at most. Waits while a reload swaps.
    public func status() -> WeirStatus {
        let now = configuration.clock.now
        let breakers = store.breakers.map { key, scope, breaker in
            WeirStatus.Breaker(key: key, scope: scope, snapshot: breaker.snapshot(at: now))
        }
        return standing.withLock { standing in
            let handles = standing.handles.indices.map { index in
                let binding = standing.live.bindings[index]
                let request = standing.handles[index].request
                let counters = standing.live.pipelines[index].counters
                return WeirStatus.Handle(
                    name: request.name, operation: binding.operation, policy: binding.policy.name,
                    place: "\(request.file):\(request.line)", owner: binding.owner, counters: counters.snapshot(),
                    orphans: counters.runningOrphans)
            }
            return WeirStatus(
                generation: standing.live.generation, graphHash: standing.graphHash,
                environment: standing.live.graph.environment, rejectedHash: standing.rejection?.contentHash,
                rejection: standing.rejection?.error, lastGoodAge: standing.lastGoodAge, reloads: standing.counts,
                handles: handles,
                breakers: breakers.sorted { ("\($0.key)", $0.scope ?? "") < ("\($1.key)", $1.scope ?? "") },
                droppedEvents: hub.dropped, graphsInUse: cell.graphsInUse)
        }
    }

    /// The graph in force, to explain or to export.
    public var graph: PolicyGraph { standing.withLock { $0.live.graph } }
}
