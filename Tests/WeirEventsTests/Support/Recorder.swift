// SPDX-License-Identifier: Apache-2.0

@testable import WeirEvents

/// Hears what the bus does, and lets tests wait for it.
final class Recorder: BusObserver {
    private struct Watch: Sendable {
        let name: BusEvent.Name
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var events: [BusEvent] = []
        var watches: [Watch] = []
    }

    private let state = Guarded(State())

    func record(_ event: BusEvent) {
        let due = state.withLock { state in
            state.events.append(event)
            let due = state.watches.filter { watch in state.events.count { $0.name == watch.name } >= watch.count }
            state.watches.removeAll { watch in state.events.count { $0.name == watch.name } >= watch.count }
            return due
        }
        for watch in due { watch.continuation.resume() }
    }

    /// Waits until so many events of the name have happened.
    func wait(for name: BusEvent.Name, count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.events.count(where: { $0.name == name }) >= count { return true }
                state.watches.append(Watch(name: name, count: count, continuation: continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    func events(_ name: BusEvent.Name) -> [BusEvent] { state.withLock { $0.events.filter { $0.name == name } } }
    var names: [String] { state.withLock { $0.events.map(\.name.rawValue) } }
}

/// A list that any task adds to.
final class Log<Element: Sendable>: Sendable {
    private let elements = Guarded<[Element]>([])

    func add(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}
