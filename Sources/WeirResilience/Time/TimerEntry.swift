// SPDX-License-Identifier: Apache-2.0

/// Something that wants to be told when a time has come; armed at most once.
///
/// The links belong to the list that holds the entry and are touched under that list's lock only.
@usableFromInline
class TimerEntry: @unchecked Sendable {
    // Safe: every field below is read and written only under the lock of the wheel shard or clock that the entry was
    // given to, and an entry is given to one of them, once.
    final var fireTime: UInt64 = 0
    final var shard: Int32 = -1
    final var slot: Int32 = -1
    final var next: TimerEntry?
    final unowned(unsafe) var previous: TimerEntry?

    /// Called once, outside every lock, on the thread that serves the timers; must not wait.
    func fire() {}

    @usableFromInline
    init() {}
}
