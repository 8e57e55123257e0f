// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import WeirResilience

/// What a link's thread does: connects, serves the connection until it is lost, waits, connects again.
struct LinkLoop: Sendable {
    /// How many frames are read before something is written again.
    private static let framesATurn = 512
    /// How long it waits for anything, so that heartbeats go out in time and what waits for its time is looked at.
    private static let longestWait: Int32 = 500

    /// How long a connection must have lived for the next to be tried at once.
    private static let goodLife: UInt64 = 5_000_000_000

    private let link: BrokerLink

    init(_ link: BrokerLink) { self.link = link }

    func run() {
        var backoff = ReconnectBackoff()
        while !isEnding {
            let start = EngineClock.system.now
            let fault = connection()
            link.socket.clear()
            link.driver.lost(fault)
            let refused = link.state.withLock { state -> [any AnyLinkJob] in
                state.phase = .down(fault)
                state.losses += 1
                guard fault.isFinal else { return [] }
                defer { state.jobs = [] }
                return state.jobs
            }
            for job in refused { job.fail(fault) }
            if !isEnding { link.tell(.disconnected, "\(fault)") }
            if EngineClock.system.now - start >= Self.goodLife { backoff.reset() }
            if !isEnding { rest(backoff.wait(fraction: link.settings.random.nextFraction())) }
        }
        let jobs = link.state.withLock { state in
            state.phase = .ended
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in jobs { job.fail(.connection("the transport was closed")) }
        link.driver.end()
    }

    private var isEnding: Bool { link.state.withLock { $0.ending != nil } }

    private func rest(_ nanoseconds: UInt64) {
        let end = EngineClock.system.now + nanoseconds
        while !isEnding {
            let now = EngineClock.system.now
            guard now < end else { return }
            link.wakeUp.wait(for: nil, milliseconds: Int32((end - now) / 1_000_000) + 1)
        }
    }

    /// One connection from its beginning to its end; why it ended.
    private func connection() -> BrokerFault {
        do throws(BrokerFault) {
            let settings = link.settings
            let session = try BrokerSession(settings.url, tls: settings.tls, named: "\(settings.name) \(link.name)")
            link.socket.open(session.socket)
            // Before the file is closed, which happens when the session is gone.
            defer { withExtendedLifetime(session) { link.socket.clear() } }
            try link.driver.open(session)
            link.state.withLock { $0.phase = .open }
            link.tell(.connected)
            try serve(session)
            if link.state.withLock({ $0.ending }) == .polite { session.close() }
            return .connection("the transport was closed")
        } catch {
            return error
        }
    }

    private func serve(_ session: BrokerSession) throws(BrokerFault) {
        while true {
            link.socket.begin(at: EngineClock.system.now)
            defer { link.socket.end() }
            var isBusy = try doJobs(session)
            if try link.driver.work(session) { isBusy = true }
            let mayBeMore = try session.read(most: Self.framesATurn) { channel, news throws(BrokerFault) in
                if case .connectionClosed(let fault) = news { throw fault }
                try link.driver.hear(news, on: channel, session)
            }
            if link.driver.settle() { isBusy = true }
            if isEnding { return }
            if isBusy || mayBeMore || session.hasBufferedFrames { continue }
            link.socket.end()
            link.wakeUp.wait(for: session.socket, milliseconds: Self.longestWait)
        }
    }

    /// Does one job; whether there are more.
    private func doJobs(_ session: BrokerSession) throws(BrokerFault) -> Bool {
        let (job, isMore) = link.state.withLock { state -> ((any AnyLinkJob)?, Bool) in
            guard !state.jobs.isEmpty else { return (nil, false) }
            return (state.jobs.removeFirst(), !state.jobs.isEmpty)
        }
        guard let job, job.isWanted else { return isMore }
        do throws(BrokerFault) {
            try job.run(session)
        } catch {
            link.state.withLock { $0.jobs.insert(job, at: 0) }
            throw error
        }
        return isMore
    }
}
