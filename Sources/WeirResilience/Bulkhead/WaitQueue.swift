// SPDX-License-Identifier: Apache-2.0

/// Waiters in the order in which they came, linked through themselves so that anyone leaves at once.
struct WaitQueue {
    private var first: Waiter?
    private var last: Waiter?

    mutating func append(_ waiter: Waiter) {
        waiter.previous = last
        if let last { last.next = waiter } else { first = waiter }
        last = waiter
    }

    mutating func popFirst() -> Waiter? {
        guard let waiter = first else { return nil }
        remove(waiter)
        return waiter
    }

    mutating func popLast() -> Waiter? {
        guard let waiter = last else { return nil }
        remove(waiter)
        return waiter
    }

    mutating func remove(_ waiter: Waiter) {
        let next = waiter.next
        let previous = waiter.previous
        if let previous { previous.next = next } else { first = next }
        if let next { next.previous = previous } else { last = previous }
        waiter.next = nil
        waiter.previous = nil
    }
}
