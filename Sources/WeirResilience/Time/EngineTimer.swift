// SPDX-License-Identifier: Apache-2.0

/// Something to be done at a time, unless it is called off before. Visible in the package for the bus.
package final class EngineTimer: Sendable {
    private final class Entry: TimerEntry, @unchecked Sendable {
        // Safe: never written after `init`.
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
            super.init()
        }

        override func fire() { body() }
    }

    private let clock: EngineClock
    private let entry: Entry

    /// Arranges for the body to run once at the time, or now where that has passed; it must not wait.
    package init(at time: UInt64, on clock: EngineClock, _ body: @escaping @Sendable () -> Void) {
        self.clock = clock
        entry = Entry(body)
        clock.schedule(entry, at: time)
    }

    /// Calls it off; what is running at this moment still runs.
    package func cancel() { clock.cancel(entry) }
}

extension EngineClock {
    /// Waits until the time has come; false where the task was cancelled before.
    package func wait(until time: UInt64) async -> Bool {
        guard time > now else { return !Task.isCancelled }
        return await PendingWait().wait(until: time, on: self) == .expired
    }
}

/// A wait that ends when somebody says so, when a time has come, or when the task is cancelled. Visible in the package for the bus.
package struct Signal: Sendable {
    private let pending = PendingWait()

    /// A wait that has not ended.
    package init() {}

    /// Ends the wait; false when it had ended before.
    @discardableResult
    package func give() -> Bool { pending.finish(.done) }

    /// Waits; true when somebody gave the signal.
    package func wait(until time: UInt64 = .max, on clock: EngineClock) async -> Bool {
        await pending.wait(until: time, on: clock) == .done
    }
}
