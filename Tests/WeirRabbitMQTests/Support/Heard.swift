// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirRabbitMQ
import WeirResilience

/// Hears what happens to connections, and lets tests wait for it.
final class Heard: Sendable {
    private let events = Mutex<[RabbitMQEvent]>([])

    var listener: RabbitMQEvent.Listener { { event in self.events.withLock { $0.append(event) } } }
    var all: [RabbitMQEvent] { events.withLock { $0 } }

    /// The first event of the name that comes within a while.
    func first(_ name: RabbitMQEvent.Name, seconds: Int = 30, where isMeant: (RabbitMQEvent) -> Bool = { _ in true })
        async -> RabbitMQEvent?
    {
        var found: RabbitMQEvent?
        await Wait.until(seconds: seconds) {
            found = all.first { $0.name == name && isMeant($0) }
            return found != nil
        }
        return found
    }
}

/// Waits for what happens elsewhere.
enum Wait {
    /// Looks every few milliseconds; whether it came to be true in time.
    @discardableResult
    static func until(seconds: Int = 30, _ isTrue: () async -> Bool) async -> Bool {
        for _ in 0..<(seconds * 200) {
            if await isTrue() { return true }
            _ = await EngineClock.system.wait(until: EngineClock.system.now + 5_000_000)
        }
        return false
    }

    static func milliseconds(_ count: UInt64) async {
        _ = await EngineClock.system.wait(until: EngineClock.system.now + count * 1_000_000)
    }
}

/// A number that any thread counts up.
final class Count: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .acquiring) }
    func add(_ more: Int = 1) { number.wrappingAdd(more, ordering: .acquiringAndReleasing) }
}

/// The ids of messages, from any thread.
final class Numbers: Sendable {
    private let ids = Mutex<Set<String>>([])

    var all: Set<String> { ids.withLock { $0 } }
    func add(_ number: Int) { ids.withLock { _ = $0.insert("\(number)") } }
}
