// SPDX-License-Identifier: Apache-2.0

/// One wait of one task that ends in one of three ways, whichever comes first.
@usableFromInline
final class PendingWait: TimerEntry, @unchecked Sendable {
    /// How it ended.
    @usableFromInline
    enum End: Sendable { case done, expired, cancelled }

    private let lock = SpinLock()
    // Safe: both are read and written only while `lock` is held.
    private nonisolated(unsafe) var end: End?
    private nonisolated(unsafe) var parked: UnsafeContinuation<End, Never>?

    @usableFromInline
    override init() {}

    /// Ends the wait; false when it had ended before.
    @usableFromInline
    @discardableResult
    func finish(_ reason: End) -> Bool {
        let (first, continuation) = lock.withLock { () -> (Bool, UnsafeContinuation<End, Never>?) in
            guard end == nil else { return (false, nil) }
            end = reason
            defer { parked = nil }
            return (true, parked)
        }
        continuation?.resume(returning: reason)
        return first
    }

    override func fire() { finish(.expired) }

    /// Whether the wait has ended.
    @usableFromInline var hasEnded: Bool { lock.withLock { end != nil } }

    /// Waits for the end, at most until the given time; a cancelled task waits no longer.
    @usableFromInline
    func wait(until time: UInt64, on clock: EngineClock) async -> End {
        if let ended = lock.withLock({ end }) { return ended }
        if time != .never { clock.schedule(self, at: time) }
        let reason = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let ended = lock.withLock { () -> End? in
                    if end == nil { parked = continuation }
                    return end
                }
                if let ended { continuation.resume(returning: ended) }
            }
        } onCancel: {
            finish(.cancelled)
        }
        if time != .never { clock.cancel(self) }
        return reason
    }
}
