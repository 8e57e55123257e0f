// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirResilience

/// A handle's place in every graph: where its calls find the pipeline in force.
@usableFromInline
final class HandleSlot: Sendable {
    /// A call's hold on the graph it started with.
    @usableFromInline
    struct Hold {
        // Safe: the hold keeps the graph, and with it the entry, until it is given back.
        @usableFromInline let entry: UnsafePointer<HandleEntry>
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
        let entry = graph._withUnsafeGuaranteedRef { UnsafePointer($0.entries) + index }
        return Hold(entry: entry, ticket: ticket)
    }

    @usableFromInline
    func giveBack(_ hold: Hold) { cell.exit(hold.ticket) }

    /// What the graph knows of a call, and what the caller knows of it.
    @usableFromInline
    func facts(_ hold: Hold, _ details: CallDetails) -> CallFacts {
        var facts = hold.entry.pointee.facts
        if let isRepeatable = details.isRepeatable { facts.isRepeatable = isRepeatable }
        if let within = details.within {
            let length = UInt64(max(within.nanosecondsClamped, 0))
            let (deadline, isLate) = clock.now.addingReportingOverflow(length)
            facts.deadline = isLate ? .max : deadline
        }
        if let inherited = details.inherited {
            facts.deadline = min(facts.deadline, inherited.deadline)
            facts.isRetry = inherited.isRetry
        }
        if let scope = details.scope {
            let known = facts.scope
            facts.scope = { scope($0) ?? known?($0) }
        }
        return facts
    }
}
