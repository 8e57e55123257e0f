// SPDX-License-Identifier: Apache-2.0

/// Events in the order of their times; at one time those of a lower rank first, and among equals the one scheduled first.
///
/// A binary heap: scheduling and taking cost the logarithm of what waits.
struct EventQueue<Event> {
    private struct Entry {
        let time: UInt64
        let rank: UInt8
        let sequence: UInt64
        let event: Event

        func precedes(_ other: Entry) -> Bool {
            (time, rank, sequence) < (other.time, other.rank, other.sequence)
        }
    }

    private var heap: [Entry] = []
    private var scheduled: UInt64 = 0

    /// How many events wait.
    var count: Int { heap.count }

    /// Adds an event at a time in nanoseconds.
    mutating func schedule(_ event: Event, at time: UInt64, rank: UInt8 = 0) {
        heap.append(Entry(time: time, rank: rank, sequence: scheduled, event: event))
        scheduled += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the first event and its time; nil when none waits.
    mutating func next() -> (time: UInt64, event: Event)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sinkFirst()
        }
        return (first.time, first.event)
    }

    private mutating func sinkFirst() {
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[smallest]) { smallest = child }
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
