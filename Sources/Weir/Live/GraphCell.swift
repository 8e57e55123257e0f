// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Holds the graph in force: calls read it without counting references, a reload replaces it without waiting for calls.
///
/// Each graph in use has a slot. A call counts itself in at the current slot, in a word that only threads of its shard
/// write, and out again when it ends; a graph that has been replaced is let go of once nobody is counted in at its slot.
/// So a call that takes an hour holds back its own graph and no other. Visible in the package for the benchmark alone.
package final class GraphCell<Graph: AnyObject & Sendable>: Sendable {
    /// The most graphs that calls may hold at once, the current one included.
    static var mostGraphs: Int { 64 }

    /// Which graph a call entered, and where it is counted.
    package struct Ticket: Sendable {
        fileprivate let word: Int32
        fileprivate let slot: Int32
    }

    private static var shards: Int { 8 }

    private let current: Atomic<Int>
    // Safe: allocated in `init`, freed in `deinit`; every access goes through an atomic.
    private nonisolated(unsafe) let counters: UnsafeMutablePointer<Atomic<Int>>
    // Safe: a slot is written before it becomes the current one and cleared when nobody is counted in at it, both under
    // the owner's lock; readers look at it only while they are counted in.
    private nonisolated(unsafe) let graphs: UnsafeMutablePointer<Unmanaged<Graph>?>

    /// A cell with its first graph.
    package init(_ graph: Graph) {
        current = Atomic(0)
        let words = Self.shards * Self.mostGraphs
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: words * MemoryLayout<Atomic<Int>>.stride, alignment: 128)
        counters = raw.bindMemory(to: Atomic<Int>.self, capacity: words)
        for word in 0..<words { (counters + word).initialize(to: Atomic(0)) }
        graphs = .allocate(capacity: Self.mostGraphs)
        graphs.initialize(repeating: nil, count: Self.mostGraphs)
        graphs[0] = .passRetained(graph)
    }

    deinit {
        for slot in 0..<Self.mostGraphs { graphs[slot]?.release() }
        graphs.deallocate()
        counters.deinitialize(count: Self.shards * Self.mostGraphs)
        UnsafeMutableRawPointer(counters).deallocate()
    }

    /// Counts the call in at the current graph; each ticket must go to ``exit(_:)`` once.
    @inline(__always)
    package func enter() -> Ticket {
        let mixed = (UInt64(pthread_self()) >> 12) &* 0x9E37_79B9_7F4A_7C15
        let row = Int(truncatingIfNeeded: mixed >> 61) &* Self.mostGraphs
        while true {
            let slot = current.load(ordering: .relaxed)
            counters[row &+ slot].wrappingAdd(1, ordering: .sequentiallyConsistent)
            // Counted in before this check: whoever replaces the graph after it sees the count and waits with the slot.
            if current.load(ordering: .sequentiallyConsistent) == slot {
                return Ticket(word: Int32(truncatingIfNeeded: row &+ slot), slot: Int32(truncatingIfNeeded: slot))
            }
            counters[row &+ slot].wrappingSubtract(1, ordering: .releasing)
        }
    }

    /// The graph that the ticket holds, without counting a reference; the ticket keeps it until ``exit(_:)``.
    @inline(__always)
    package func graph(_ ticket: Ticket) -> Unmanaged<Graph>? { graphs[Int(ticket.slot)] }

    /// Counts the call out, from any thread.
    @inline(__always)
    package func exit(_ ticket: Ticket) {
        counters[Int(ticket.word)].wrappingSubtract(1, ordering: .releasing)
    }

    /// Makes a graph the current one and lets go of older ones that no call uses; false when ``mostGraphs`` are in use.
    ///
    /// Never waits. Callers take turns: one lock of the owner is around every call of it.
    func replace(with graph: Graph) -> Bool {
        sweep()
        let old = current.load(ordering: .relaxed)
        guard let free = (0..<Self.mostGraphs).first(where: { $0 != old && graphs[$0] == nil }) else { return false }
        graphs[free] = .passRetained(graph)
        current.store(free, ordering: .sequentiallyConsistent)
        sweep()
        return true
    }

    /// Lets go of replaced graphs that no call uses; under the owner's lock like ``replace(with:)``.
    func sweep() {
        let now = current.load(ordering: .relaxed)
        for slot in 0..<Self.mostGraphs where slot != now && graphs[slot] != nil && calls(in: slot) == 0 {
            graphs[slot]?.release()
            graphs[slot] = nil
        }
    }

    /// Graphs in use, the current one included; under the owner's lock.
    var graphsInUse: Int { (0..<Self.mostGraphs).count { graphs[$0] != nil } }

    private func calls(in slot: Int) -> Int {
        (0..<Self.shards).reduce(0) {
            $0 + counters[$1 * Self.mostGraphs + slot].load(ordering: .sequentiallyConsistent)
        }
    }
}
