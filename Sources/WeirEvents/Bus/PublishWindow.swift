// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// How much may be published and not yet confirmed; whoever comes beyond it waits, first come first served.
final class PublishWindow: Sendable {
    private struct Waiting {
        let weight: Int
        let signal: Signal
    }

    private struct State {
        var mostMessages: Int
        var mostBytes: Int
        var messages = 0
        var bytes = 0
        var waiting = Ring<Waiting>()

        /// A message that is larger than the window goes alone.
        func takes(_ weight: Int) -> Bool {
            messages == 0 || (messages < mostMessages && bytes + weight <= mostBytes)
        }

        mutating func add(_ weight: Int) {
            messages += 1
            bytes += weight
        }
    }

    private let spin = SpinLock()
    // Safe: read and written only while `spin` is held.
    private nonisolated(unsafe) var state: State

    init(_ settings: PublishSettings) {
        state = State(mostMessages: settings.windowMessages, mostBytes: settings.windowBytes)
    }

    /// Messages in flight, and publishers that wait.
    var load: (messages: Int, waiting: Int) { spin.withLock { (state.messages, state.waiting.count) } }

    func configure(_ settings: PublishSettings) {
        spin.withLock {
            state.mostMessages = settings.windowMessages
            state.mostBytes = settings.windowBytes
        }
        admitWaiting()
    }

    /// Waits for room; false where the time was over before, or the task was cancelled.
    func enter(_ weight: Int, until deadline: UInt64, on clock: EngineClock) async -> Bool {
        if tryEnter(weight) { return true }
        let signal = Signal()
        let isIn = spin.withLock {
            if state.waiting.isEmpty, state.takes(weight) {
                state.add(weight)
                return true
            }
            state.waiting.append(Waiting(weight: weight, signal: signal))
            return false
        }
        if isIn { return true }
        if await signal.wait(until: deadline, on: clock) { return true }
        // Those behind may have had to wait only for this one.
        admitWaiting()
        return false
    }

    private func tryEnter(_ weight: Int) -> Bool {
        spin.withLock {
            guard state.waiting.isEmpty, state.takes(weight) else { return false }
            state.add(weight)
            return true
        }
    }

    func leave(_ weight: Int) {
        let isWaitedFor = spin.withLock {
            state.messages -= 1
            state.bytes -= weight
            return !state.waiting.isEmpty
        }
        if isWaitedFor { admitWaiting() }
    }

    private func admitWaiting() {
        while let next = spin.withLock({ () -> Waiting? in
            guard let first = state.waiting.first, state.takes(first.weight) else { return nil }
            state.add(first.weight)
            return state.waiting.popFirst()
        }) {
            // Who has given up takes no room.
            guard !next.signal.give() else { continue }
            spin.withLock {
                state.messages -= 1
                state.bytes -= next.weight
            }
        }
    }
}

/// The windows of a bus: that of the bus itself, and those of exchanges with settings of their own. They outlive plans.
final class PublishWindows: Sendable {
    private let windows = Guarded<[QualifiedName?: PublishWindow]>([:])

    /// The window of an exchange; nil: of the bus.
    func window(of exchange: QualifiedName?, _ settings: PublishSettings) -> PublishWindow {
        windows.withLock { windows in
            if let known = windows[exchange] { return known }
            let made = PublishWindow(settings)
            windows[exchange] = made
            return made
        }
    }
}
