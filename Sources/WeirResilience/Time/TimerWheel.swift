// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// The timers of the system clock: a hashed wheel of about one millisecond a slot, served by one thread of its own.
///
/// Scheduling and cancelling take a short lock of one of a few shards. A timer never fires early, and as a rule less
/// than two milliseconds late. The thread parks when nothing has been scheduled for a while.
final class TimerWheel: Sendable {
    /// The wheel of the process; its thread starts with the first use.
    static let shared = TimerWheel()

    /// A tick is 2^20 ns.
    static let tickShift: UInt64 = 20
    /// Ticks without a timer before the thread parks.
    private static let idleTicks = 256

    private let shards: [WheelShard]
    private let parked = Atomic<Bool>(false)
    private let parking = ParkingPlace()

    private init() {
        let tick = EngineClock.monotonicNow() >> Self.tickShift
        shards = (0..<Shard.count).map { WheelShard(index: Int32($0), processed: tick) }
        DetachedThread.start { [unowned self] in self.serve() }
    }

    func schedule(_ timer: TimerEntry, at time: UInt64) {
        let tick = time.adding((1 << Self.tickShift) - 1) >> Self.tickShift
        shards[Shard.current].insert(timer, tick: tick)
        if parked.load(ordering: .sequentiallyConsistent) { parking.wake() }
    }

    func cancel(_ timer: TimerEntry) {
        guard timer.shard >= 0 else { return }
        shards[Int(timer.shard)].remove(timer)
    }

    private func serve() {
        var idle = 0
        while true {
            let tick = EngineClock.monotonicNow() >> Self.tickShift
            for shard in shards { shard.fire(until: tick) }
            idle = isEmpty ? idle + 1 : 0
            if idle > Self.idleTicks {
                park()
                idle = 0
            } else {
                Self.sleep(until: (tick + 1) << Self.tickShift)
            }
        }
    }

    private var isEmpty: Bool { shards.allSatisfy { $0.armed.load(ordering: .sequentiallyConsistent) == 0 } }

    private func park() {
        parking.wait(
            announce: { self.parked.store(true, ordering: .sequentiallyConsistent) },
            unless: { !self.isEmpty })
        parked.store(false, ordering: .sequentiallyConsistent)
    }

    private static func sleep(until time: UInt64) {
        var target = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &target, nil) == EINTR {}
    }
}
