// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirResilience

/// A handle's place in every graph: where its calls find the pipeline in force.
@usableFromInline
final class HandleSlot: Sendable {
    /// A call's hold on the graph it started with.
    @usableFromInline
    struct Hold {
        // Safe: the hold keeps the graph, and with it the pipeline, until it is given back.
        @usableFromInline unowned(unsafe) let pipeline: Pipeline
        @usableFromInline let facts: CallFacts
        let ticket: GraphCell<LiveGraph>.Ticket
    }

    private let cell: GraphCell<LiveGraph>
    private let index: Int
    private let clock: EngineClock

    init(_ cell: GraphCell<LiveGraph>, index: Int, clock: EngineClock) {
        self.cell = cell
        self.index = index
        self.clock = clock
    }

    /// Takes hold of the graph in force; every hold is given back once.
    @usableFromInline
    func take() -> Hold {
        let ticket = cell.enter()
        guard let graph = cell.graph(ticket) else { preconditionFailure("a ticket always holds a graph") }
        let entry = graph._withUnsafeGuaranteedRef { $0.entries + index }
        return Hold(pipeline: entry.pointee.pipeline, facts: entry.pointee.facts, ticket: ticket)
    }

    /// Takes hold, with what the caller knows of this call.
    @usableFromInline
    func take(_ details: CallDetails) -> Hold {
        let hold = take()
        var facts = hold.facts
        if let isRepeatable = details.isRepeatable { facts.isRepeatable = isRepeatable }
        if let within = details.within {
            let length = UInt64(max(within.nanosecondsClamped, 0))
            let (deadline, isLate) = clock.now.addingReportingOverflow(length)
            facts.deadline = isLate ? .max : deadline
        }
        if let scope = details.scope {
            let known = facts.scope
            facts.scope = { scope($0) ?? known?($0) }
        }
        return Hold(pipeline: hold.pipeline, facts: facts, ticket: hold.ticket)
    }

    @usableFromInline
    func giveBack(_ hold: Hold) { cell.exit(hold.ticket) }
}
