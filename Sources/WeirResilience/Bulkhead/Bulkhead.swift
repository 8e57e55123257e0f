// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirPolicy

/// The places of one bulkhead and the queue in front of them.
///
/// One atomic word holds the free places and the number of waiters, so a call that finds a place and nobody waiting
/// takes no lock. A place that is given up goes to the next waiter in line; newcomers never overtake.
public final class Bulkhead: Sendable {
    /// What became of a caller that found no place.
    enum Entry { case granted, queued, full }

    private static let oneWaiter: UInt64 = 1 << 32
    private static let placesMask: UInt64 = 0xFFFF_FFFF

    /// Places in all.
    let places: Int
    private let longestQueue: Int
    private let newestFirst: Bool
    /// Free places in the low half, waiters in the high half.
    private let word: Atomic<UInt64>
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var queue = WaitQueue()

    init(_ policy: BulkheadPolicy) {
        places = policy.calls
        longestQueue = policy.queue
        newestFirst = policy.order == .newest
        word = Atomic(UInt64(policy.calls))
    }

    /// Takes a place if one is free and nobody waits.
    @inline(__always)
    func tryAcquire() -> Bool {
        var current = word.load(ordering: .relaxed)
        while current != 0 && current <= Self.placesMask {
            let (done, found) = word.weakCompareExchange(
                expected: current, desired: current &- 1, successOrdering: .acquiring, failureOrdering: .relaxed)
            if done { return true }
            current = found
        }
        return false
    }

    /// Whether a caller that found no place may wait for one.
    var takesWaiters: Bool {
        places > 0 && longestQueue > 0 && word.load(ordering: .relaxed) >> 32 < UInt64(longestQueue)
    }

    /// Takes a place, or joins the queue, or does neither when the queue is full.
    func enter(_ waiter: Waiter) -> Entry {
        lock.withLock {
            var current = word.load(ordering: .relaxed)
            while true {
                let takesPlace = current != 0 && current <= Self.placesMask
                if !takesPlace && (places == 0 || current >> 32 >= UInt64(longestQueue)) { return .full }
                let (done, found) = word.weakCompareExchange(
                    expected: current, desired: takesPlace ? current &- 1 : current &+ Self.oneWaiter,
                    successOrdering: .acquiring, failureOrdering: .relaxed)
                if done {
                    if takesPlace { return .granted }
                    _ = waiter.markQueued()
                    queue.append(waiter)
                    return .queued
                }
                current = found
            }
        }
    }

    /// Takes the waiter out of the queue; false when it has been given a place already, which it must give back.
    func leave(_ waiter: Waiter) -> Bool {
        lock.withLock {
            guard waiter.markLeft() else { return false }
            queue.remove(waiter)
            word.wrappingSubtract(Self.oneWaiter, ordering: .relaxed)
            return true
        }
    }

    /// Gives a place up, to the next in line if somebody waits.
    @inline(__always)
    func release() {
        var current = word.load(ordering: .relaxed)
        while current <= Self.placesMask {
            let (done, found) = word.weakCompareExchange(
                expected: current, desired: current &+ 1, successOrdering: .releasing, failureOrdering: .relaxed)
            if done { return }
            current = found
        }
        releaseToWaiter()
    }

    @inline(never)
    private func releaseToWaiter() {
        let waiter = lock.withLock { () -> Waiter? in
            guard let waiter = newestFirst ? queue.popLast() : queue.popFirst() else {
                word.wrappingAdd(1, ordering: .releasing)
                return nil
            }
            waiter.markGranted()
            word.wrappingSubtract(Self.oneWaiter, ordering: .acquiringAndReleasing)
            return waiter
        }
        waiter?.grant()
    }

    /// What the bulkhead holds now.
    public var snapshot: BulkheadSnapshot {
        let current = word.load(ordering: .acquiring)
        return BulkheadSnapshot(
            places: places, running: places - Int(current & Self.placesMask), waiting: Int(current >> 32))
    }
}

/// What a bulkhead holds, at one moment.
public struct BulkheadSnapshot: Sendable, Hashable {
    /// Places in all.
    public let places: Int
    /// Places that are taken, also by abandoned work.
    public let running: Int
    /// Callers in the queue.
    public let waiting: Int
}
