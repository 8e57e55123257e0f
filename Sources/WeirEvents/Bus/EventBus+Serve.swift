// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

extension EventBus {
    /// Brings the declared topology about; ``serve()`` does it too. A service that only publishes calls it before it does.
    /// - Throws: ``TopologyError``, or what the transport throws.
    public func open() async throws { try await transport.declare(plan.topology) }

    /// Hands events to their handlers until ``shutdown()`` is called or the task is cancelled.
    ///
    /// After a shutdown, running handlers have as long as ``EventBusConfiguration/drain`` says; what they have not done by then, and
    /// what nobody has begun, stays in its queue.
    /// - Throws: ``EventBusError`` when handlers and policies do not fit together, ``TopologyError``, or what the transport throws.
    public func serve() async throws {
        let (runners, keeper) = try prepareRunners()
        try await open()
        for runner in runners { try await runner.open() }
        await withTaskGroup(of: Part.self) { group in
            for runner in runners {
                group.addTask {
                    await runner.run()
                    return .runner
                }
            }
            if let keeper {
                group.addTask {
                    await keeper.run()
                    return .runner
                }
            }
            group.addTask {
                await self.relay()
                return .other
            }
            group.addTask {
                await self.forget()
                return .other
            }
            _ = await stop.wait(on: clock)
            for runner in runners { await runner.stop() }
            keeper?.stop()
            let end = clock.now.advanced(by: configuration.drain)
            group.addTask {
                _ = await self.clock.wait(until: end)
                return .graceOver
            }
            var running = runners.count + (keeper == nil ? 0 : 1)
            while running > 0, let ended = await group.next() {
                if ended == .graceOver { break }
                if ended == .runner { running -= 1 }
            }
            group.cancelAll()
        }
        for runner in runners { await runner.close() }
        standing.withLock {
            $0.runners = [:]
            $0.keeper = nil
            $0.isServing = false
        }
    }

    private enum Part: Sendable { case runner, other, graceOver }

    /// Ends ``serve()`` once running handlers have ended. Returns at once.
    public func shutdown() { stop.give() }

    private func prepareRunners() throws(EventBusError) -> ([SubscriptionRunner], SagaKeeper?) {
        try standing.withLock { (standing) throws(EventBusError) in
            guard !standing.isServing else { throw EventBusError(.serving, ["the bus is serving already"]) }
            let plan = standing.plan
            let declared = plan.graph.topology
            var handlers = try standing.handlers.resolve(declared, services: configuration.services)
            let sagas = try standing.sagas.resolve(declared, services: configuration.services)
            let keeper = sagas.isEmpty ? nil : SagaKeeper(self, try sagaStore(), sagas)
            if let keeper { handlers.merge(keeper.handlers) { own, _ in own } }
            let runners = handlers.keys.sorted().compactMap { name in
                plan.subscriptions[name].map { SubscriptionRunner(self, plan, $0, handlers[name] ?? [:]) }
            }
            standing.runners = Dictionary(runners.map { ($0.name, $0) }) { first, _ in first }
            standing.keeper = keeper
            standing.isServing = true
            return (runners, keeper)
        }
    }

    // MARK: Time

    /// A time of day as the clock's; a moment that is not known or lies ahead is now.
    func engineTime(of time: Timestamp?) -> UInt64 {
        let now = clock.now
        guard let time else { return now }
        let wall = configuration.wallClock()
        guard time < wall else { return now }
        let seconds = wall.secondsSince1970 - time.secondsSince1970
        let nanoseconds = Int64(wall.nanoseconds) - Int64(time.nanoseconds)
        let (passed, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return 0 }
        let since = UInt64(max(passed + nanoseconds, 0))
        return now > since ? now - since : 0
    }

    /// A time of the clock as a time of day.
    func wallTime(of time: UInt64) -> Timestamp {
        let now = clock.now
        return configuration.wallClock() + .nanoseconds(-Int64(clamping: now > time ? now - time : 0))
    }

    /// When to ask again for what somebody else has until then.
    func postponement(until time: Timestamp) -> UInt64 {
        let wall = configuration.wallClock()
        let seconds = max(time.secondsSince1970 - wall.secondsSince1970, 0)
        let wait = min(.seconds(seconds) + .milliseconds(50), EventBusConfiguration.longestPostponement)
        return clock.now.advanced(by: wait)
    }

    // MARK: Store

    /// Makes what a handler left behind durable: the note that its event is handled, its changes and, with an outbox, its events in one
    /// transaction; without, its events are published after that.
    func keep(_ scope: HandlingScope, _ turn: InboxTurn?, within: Duration?) async throws {
        let (events, changes) = scope.left.withLock { ($0.events, $0.changes) }
        guard turn != nil || !events.isEmpty || !changes.isEmpty else { return }
        let usesOutbox = plan.settings.usesOutbox
        // Published before the note: a crash between the two repeats them under the same ids, the other way round loses them.
        if !usesOutbox {
            for event in events { try await send(event, try exchange(for: event, nil)) }
        }
        var commit = StoreCommit(turn: turn, outbox: usesOutbox ? events : [], changes: changes)
        guard !commit.isEmpty else { return }
        let now = configuration.wallClock()
        commit.keep = within.map { now + $0 }
        try await store.commit(commit, at: now)
        if usesOutbox, !events.isEmpty { outboxFilled.withLock { $0.take() }?.give() }
        if changes.contains(where: { $0 is SagaChange }) { standing.withLock { $0.keeper }?.wake() }
    }

    /// Forgets what the store has remembered for long enough, now and then.
    private func forget() async {
        while await clock.wait(until: clock.now.advanced(by: .seconds(60))) {
            // The next round does what this one could not.
            try? await store.forget(at: configuration.wallClock())
        }
    }
}
