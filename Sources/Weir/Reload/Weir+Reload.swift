// SPDX-License-Identifier: Apache-2.0

import Logging
import WeirEvents
import WeirPolicy
import WeirResilience

extension Weir {
    /// Looks at the policy files now and puts them in force if they are sound and say something else.
    ///
    /// All or nothing: on any error the graph in force stays. Calls go on meanwhile, each with the graph it started with.
    @discardableResult
    public func reload() async -> ReloadReport { await reload(.request) }

    @discardableResult
    func reload(_ trigger: ReloadReport.Trigger) async -> ReloadReport {
        let report = await BackgroundThread.run { self.reloadHere(trigger) }
        if case .applied = report.outcome { await declareTopology() }
        tell(report)
        return report
    }

    /// Reads, compiles, checks and swaps on the calling thread; reloads take turns.
    private func reloadHere(_ trigger: ReloadReport.Trigger) -> ReloadReport {
        let start = configuration.clock.now
        return turn.withLock { _ in
            // Read inside of the turn, so that what was read later is also put in force later.
            let reading = source.read()
            return standing.withLock { standing in
                apply(reading, to: &standing, trigger) {
                    .nanoseconds(Int64(clamping: self.configuration.clock.now - start))
                }
            }
        }
    }

    private func apply(
        _ reading: PolicyReading, to standing: inout Standing, _ trigger: ReloadReport.Trigger,
        duration: () -> Duration
    ) -> ReloadReport {
        func report(
            _ outcome: ReloadReport.Outcome, change: GraphChange = GraphChange(), states: [StateChange] = []
        ) -> ReloadReport {
            ReloadReport(
                trigger, outcome, generation: standing.live.generation, graphHash: standing.graphHash, change: change,
                states: states, warnings: reading.warnings, duration: duration())
        }
        cell.sweep()
        if reading.contentHash == standing.contentHash {
            standing.rejection = nil
            standing.counts.unchanged += 1
            return report(.unchanged)
        }
        if let rejection = standing.rejection, rejection.contentHash == reading.contentHash {
            standing.counts.unchanged += 1
            return report(.unchanged)
        }
        do throws(LoadError) {
            let graph = try reading.result.get()
            let before = standing.live.graph
            let isSame = graph == before
            let states = try install(graph, reading.contentHash, isSame: isSame, in: &standing)
            if isSame {
                standing.counts.unchanged += 1
                return report(.unchanged)
            }
            standing.counts.applied += 1
            return report(.applied, change: GraphChange(from: before, to: graph), states: states)
        } catch {
            // What had to wait for room is read again; what is broken stays broken.
            standing.rejection = (error.code == .busy ? "" : reading.contentHash, error)
            standing.counts.rejected += 1
            return report(.rejected(error))
        }
    }

    /// Puts a graph in force. The same graph from other files keeps its generation but takes over the new places.
    private func install(
        _ graph: PolicyGraph, _ contentHash: String, isSame: Bool, in standing: inout Standing
    ) throws(LoadError) -> [StateChange] {
        let generation = standing.live.generation + (isSame ? 0 : 1)
        let hash = isSame ? standing.graphHash : graph.contentHash
        let apis = try AttachedApis(graph, configuration.apis)
        var draft = store.draft(version: Self.version(generation, hash), renamed: graph.formerNames)
        let next = try LiveGraph.build(graph, generation: generation, for: standing.handles, in: &draft)
        let plan = try prepareBus(graph, in: &draft)
        guard cell.replace(with: next) else {
            throw LoadError(
                .busy,
                "calls still run in \(GraphCell<LiveGraph>.mostGraphs - 1) earlier graphs; these files have to wait")
        }
        let states = store.commit(draft)
        apis.enforce()
        if let plan { bus?.install(plan) }
        standing.live = next
        standing.graphHash = hash
        standing.contentHash = contentHash
        standing.rejection = nil
        standing.lastGoodAge = nil
        configuration.lastGood?.save(graph, at: configuration.wallClock(), configuration.logger)
        return states
    }

    /// Logs a report and sends it to whoever listens; unchanged files are no news.
    private func tell(_ report: ReloadReport) {
        let metadata: Logger.Metadata = [
            "generation": "\(report.generation)", "hash": "\(report.graphHash.prefix(12))",
            "trigger": "\(report.trigger.rawValue)", "seconds": "\(report.duration / .seconds(1))",
        ]
        switch report.outcome {
        case .unchanged: configuration.logger.debug("\(report)", metadata: metadata)
        case .applied:
            configuration.logger.notice("\(report)", metadata: metadata)
            hub.send(.reload(report))
        case .rejected:
            configuration.logger.error("\(report)", metadata: metadata)
            hub.send(.reload(report))
        }
    }
}
