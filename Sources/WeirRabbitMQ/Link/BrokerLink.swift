// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import WeirEvents
import WeirResilience

/// One connection to a broker that comes back by itself, with a thread of its own.
final class BrokerLink: Sendable {
    /// The most jobs that wait for a connection; more are refused.
    static let mostJobs = 1024

    /// How the connection is.
    enum Phase: Sendable, Hashable {
        case idle
        case connecting
        case open
        case down(BrokerFault)
        case ended
    }

    struct State: Sendable {
        var phase = Phase.idle
        var jobs: [any AnyLinkJob] = []
        /// How many connections were lost, or not made.
        var losses = 0
        /// Whether the thread has been told to end, and whether it says so to the broker.
        var ending: Ending?
    }

    /// How a link ends.
    enum Ending: Sendable {
        /// As the protocol has it.
        case polite
        /// Without a word: what was handed out in order goes back in order only so.
        case abrupt
    }

    let settings: RabbitMQConfiguration
    let name: String
    let driver: any LinkDriver
    let wakeUp: WakeUp
    let socket = LinkSocket()
    let state = Mutex(State())

    init(_ settings: RabbitMQConfiguration, _ name: String, _ driver: any LinkDriver) throws(BrokerFault) {
        self.settings = settings
        self.name = name
        self.driver = driver
        wakeUp = try WakeUp()
    }

    func tell(_ name: RabbitMQEvent.Name, _ reason: String? = nil) {
        settings.onEvent?(RabbitMQEvent(name, connection: self.name, reason: reason))
    }

    var phase: Phase { state.withLock { $0.phase } }

    /// Begins to connect, at the first call.
    func start() throws(BrokerFault) {
        let isFirst = state.withLock { state in
            guard state.phase == .idle else { return false }
            state.phase = .connecting
            return true
        }
        guard isFirst else { return }
        do throws(BrokerFault) {
            try LinkThread.start(LinkLoop(self))
        } catch {
            state.withLock { $0.phase = .idle }
            throw error
        }
        watch()
    }

    /// Looks whether the thread hangs in a call, again and again until the link ends.
    private func watch() {
        let clock = EngineClock.system
        _ = EngineTimer(at: clock.now + 1_000_000_000, on: clock) { [weak self] in
            guard let self, self.phase != .ended else { return }
            self.socket.cut(busySince: clock.now - self.settings.stallNanoseconds)
            self.watch()
        }
    }

    /// Has something done on the thread once there is a connection, and waits for it at most until a time.
    func run<Value: Sendable>(
        until deadline: UInt64, _ body: @escaping @Sendable (BrokerSession) throws(BrokerFault) -> Value
    ) async throws(BrokerFault) -> Value {
        try start()
        let job = LinkJob(body)
        let refusal = state.withLock { state -> BrokerFault? in
            if state.ending != nil { return .connection("the transport was closed") }
            guard state.jobs.count < Self.mostJobs else {
                return .connection("\(Self.mostJobs) jobs wait for the broker")
            }
            state.jobs.append(job)
            return nil
        }
        if let refusal { throw refusal }
        wakeUp.ring()
        return try await job.value(until: deadline, on: settings.clock) {
            if case .down(let fault) = phase { return fault }
            return .connection("the broker did not answer in time")
        }
    }

    /// Cuts the connection, and waits until the thread has seen it.
    func interrupt() async {
        let (losses, isOpen) = state.withLock { ($0.losses, $0.phase == .open) }
        guard isOpen else { return }
        socket.cut()
        while state.withLock({ $0.losses == losses && $0.phase != .ended }) {
            guard await EngineClock.system.wait(until: EngineClock.system.now + 1_000_000) else { return }
        }
    }

    /// Ends the link; does not wait.
    func end(_ ending: Ending) {
        state.withLock { $0.ending = $0.ending ?? ending }
        if ending == .abrupt { socket.cut() }
        wakeUp.ring()
    }
}
