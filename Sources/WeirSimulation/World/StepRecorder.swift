// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirResilience

/// Keeps what pipelines report until the simulation takes it over.
final class StepRecorder: ResilienceObserver {
    private let events = Mutex<[ResilienceEvent]>([])

    /// Keeps an event.
    func record(_ event: ResilienceEvent) { events.withLock { $0.append(event) } }

    /// The events since the last time, in their order.
    func take() -> [ResilienceEvent] {
        events.withLock { events in
            let taken = events
            events.removeAll(keepingCapacity: true)
            return taken
        }
    }
}

/// Keeps the places that bulkheads and breakers granted until the simulation tells those who waited.
final class GrantBox: Sendable {
    struct Grant: Sendable {
        let call: Int
        let pause: Int
    }

    private let granted = Mutex<[Grant]>([])

    /// What a waiter calls when its place is granted.
    func grant(_ call: Int, pause: Int) -> @Sendable () -> Void {
        { self.granted.withLock { $0.append(Grant(call: call, pause: pause)) } }
    }

    /// The grants since the last time, in their order.
    func take() -> [Grant] {
        granted.withLock { granted in
            let taken = granted
            granted.removeAll(keepingCapacity: true)
            return taken
        }
    }
}

extension ResilienceEvent {
    /// The numbers of the event in words; nil where the trace tells the same thing already.
    var traceDetail: String? {
        var parts: [String] = []
        switch name {
        case .attemptStarted, .attemptFinished: return nil
        default: break
        }
        if let transition { parts.append(transition.words) }
        if let wait { parts.append("\(VirtualTime(nanoseconds: wait))") }
        if let stop { parts.append(stop.words) }
        return parts.joined(separator: ", ")
    }

    /// Who refused the call with this event; nil when nobody did.
    var refusalWords: String? {
        switch name {
        case .breakerRejected: Refusal.circuitOpen.words
        case .bulkheadRejected: Refusal.bulkheadFull.words
        case .rateRejected: Refusal.rateLimited.words
        case .orphansRejected: Refusal.orphansFull.words
        default: nil
        }
    }
}
