// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

extension EventBus {
    /// How many events the relay takes at once, for how long, and how often it looks when nobody calls it.
    private static let relayBatch = 100
    private static let relayLease: Duration = .seconds(60)
    private static let relayPoll: Duration = .seconds(1)

    /// Stores events, and changes of the service's own, in one transaction; the events are published afterwards, in their order.
    ///
    /// - Returns: the events as they will be published, with their ids.
    /// - Throws: ``PublishError`` when an event could never be published; what the store throws, and then nothing is stored.
    @discardableResult
    public func store(_ events: [Event], with changes: [any StagedChange] = []) async throws -> [Event] {
        var ready: [Event] = []
        for event in events {
            let complete = try complete(event, because: EventContext.current?.message.readable)
            _ = try exchange(for: complete, nil)
            ready.append(complete)
        }
        try await store.commit(StoreCommit(outbox: ready, changes: changes), at: configuration.wallClock())
        outboxFilled.withLock { $0.take() }?.give()
        return ready
    }

    /// Publishes what waits in the outbox, oldest first, until the task is cancelled.
    ///
    /// What nobody can say of is published again under its id; what could never be published is kept apart with the reason.
    func relay() async {
        while !Task.isCancelled {
            let signal = Signal()
            outboxFilled.withLock { $0 = signal }
            guard await relayOnce() else {
                _ = await signal.wait(until: clock.now.advanced(by: Self.relayPoll), on: clock)
                continue
            }
        }
    }

    /// Publishes one batch; whether there may be more to do at once.
    func relayOnce() async -> Bool {
        let now = configuration.wallClock()
        guard
            let batch = try? await store.takeOutbox(most: Self.relayBatch, until: now + Self.relayLease, at: now),
            !batch.isEmpty
        else { return false }
        for waiting in batch {
            do throws(PublishError) {
                try await send(waiting.event, try exchange(for: waiting.event, nil))
            } catch {
                switch error.code {
                case .returned, .unknownType, .exchange, .invalid, .sunset:
                    // What cannot be noted now comes again when the lease is over.
                    try? await store.failed(waiting.number, because: error.description)
                    continue
                default: return false
                }
            }
            try? await store.sent([waiting.number])
        }
        return true
    }
}
