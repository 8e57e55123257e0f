// SPDX-License-Identifier: Apache-2.0

/// One caller that waits for a place in a bulkhead or for a breaker's decision.
///
/// Its closure runs once, when the place is granted, on the thread that gave the place up, outside every lock; it must
/// not wait.
public final class Waiter: @unchecked Sendable {
    // Safe: the fields below belong to the queue that the waiter is in and are touched only under that queue's lock.
    private enum State { case idle, queued, granted, left }

    private var state = State.idle
    var next: Waiter?
    unowned(unsafe) var previous: Waiter?
    private let onGrant: @Sendable () -> Void

    /// A waiter; make a new one for each wait.
    public init(onGrant: @escaping @Sendable () -> Void) { self.onGrant = onGrant }

    /// Under the queue's lock; false when it has waited before.
    func markQueued() -> Bool {
        guard state == .idle else { return false }
        state = .queued
        return true
    }

    /// Under the queue's lock.
    func markGranted() { state = .granted }

    /// Under the queue's lock; false when it was granted before.
    func markLeft() -> Bool {
        guard state == .queued else { return false }
        state = .left
        return true
    }

    var isQueued: Bool { state == .queued }

    /// Tells the caller; after the lock.
    func grant() { onGrant() }
}
