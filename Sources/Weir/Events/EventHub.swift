// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirResilience

/// Hands events to those who listen; never waits for them.
final class EventHub: ResilienceObserver {
    /// The most listeners at a time.
    static let mostListeners = 64

    private let next: (any ResilienceObserver)?
    private let sendsCalls: Bool
    private let listeners = AdministrationLock<[UInt64: AsyncStream<WeirEvent>.Continuation]>([:])
    private let count = Atomic<Int>(0)
    private let serial = Atomic<UInt64>(0)
    private let lost = Atomic<UInt64>(0)

    /// - Parameter sendsCalls: whether listeners hear of single calls too, not the observer alone.
    init(next: (any ResilienceObserver)?, sendsCalls: Bool) {
        self.next = next
        self.sendsCalls = sendsCalls
    }

    /// Events that a full buffer had no room for, over all listeners.
    var dropped: UInt64 { lost.load(ordering: .relaxed) }

    func record(_ event: ResilienceEvent) {
        next?.record(event)
        if sendsCalls, count.load(ordering: .relaxed) > 0 { send(.call(event)) }
    }

    func send(_ event: WeirEvent) {
        listeners.withLock { listeners in
            for continuation in listeners.values {
                if case .dropped = continuation.yield(event) { lost.wrappingAdd(1, ordering: .relaxed) }
            }
        }
    }

    /// Events from now on; the oldest make room when the buffer is full.
    func listen(buffer: Int) -> AsyncStream<WeirEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: WeirEvent.self, bufferingPolicy: .bufferingNewest(max(buffer, 1)))
        let id = serial.wrappingAdd(1, ordering: .relaxed).newValue
        let isListening = listeners.withLock { listeners in
            guard listeners.count < Self.mostListeners else { return false }
            listeners[id] = continuation
            count.store(listeners.count, ordering: .relaxed)
            return true
        }
        guard isListening else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.forget(id) }
        return stream
    }

    private func forget(_ id: UInt64) {
        // Out of the lock before it goes: letting go of a continuation runs code of its own.
        let gone = listeners.withLock { listeners in
            let gone = listeners.removeValue(forKey: id)
            count.store(listeners.count, ordering: .relaxed)
            return gone
        }
        _ = gone
    }
}

extension Weir {
    /// How many events wait for a slow listener before the oldest are dropped.
    public static let eventBuffer = 4096

    /// What happens from now on: reloads, and what calls do where ``WeirConfiguration/recordsCallEvents`` is set.
    ///
    /// A listener that is slower than the events loses the oldest; ``WeirStatus/droppedEvents`` counts them. At most 64 may
    /// listen at a time; the stream of a further one ends at once.
    public func events(buffer: Int = Weir.eventBuffer) -> AsyncStream<WeirEvent> { hub.listen(buffer: buffer) }
}
