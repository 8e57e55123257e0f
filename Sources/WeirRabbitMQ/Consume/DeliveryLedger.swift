// SPDX-License-Identifier: Apache-2.0

/// What was delivered on a channel and not yet settled, by the channel's tags, which count from 1. Pure.
///
/// What was acknowledged up to some tag without a gap is acknowledged by one frame.
struct DeliveryLedger: Sendable {
    /// What is to be said to the broker.
    enum Settlement: Sendable, Hashable {
        case acknowledge(UInt64, isMultiple: Bool)
        case reject(UInt64, requeue: Bool)
    }

    private enum Mark: Sendable {
        case open
        case acknowledged
        case settled
    }

    private var marks: [Mark] = []
    private var firstTag: UInt64 = 1
    private var rejected: [Settlement] = []
    private var acknowledged: [UInt64] = []
    /// How many are delivered and not settled.
    private(set) var count = 0

    /// Whether there is something to say.
    var isDue: Bool { !acknowledged.isEmpty || !rejected.isEmpty }

    /// A delivery came; false where its tag is not the next, which no broker does.
    mutating func add(_ tag: UInt64) -> Bool {
        guard tag == firstTag + UInt64(marks.count) else { return false }
        marks.append(.open)
        count += 1
        return true
    }

    private mutating func end(_ tag: UInt64, as mark: Mark) -> Bool {
        guard tag >= firstTag, tag - firstTag < UInt64(marks.count), marks[Int(tag - firstTag)] == .open else {
            return false
        }
        marks[Int(tag - firstTag)] = mark
        count -= 1
        return true
    }

    /// Lets go of a delivery; false where it is not open: to say it twice would cost the channel.
    mutating func acknowledge(_ tag: UInt64) -> Bool {
        guard end(tag, as: .acknowledged) else { return false }
        acknowledged.append(tag)
        return true
    }

    /// Gives a delivery back; false where it is not open.
    mutating func reject(_ tag: UInt64, requeue: Bool) -> Bool {
        guard end(tag, as: .settled) else { return false }
        rejected.append(.reject(tag, requeue: requeue))
        return true
    }

    /// What is to be said now, in an order that may be said.
    mutating func takeDue() -> [Settlement] {
        var due = rejected
        rejected.removeAll(keepingCapacity: true)
        guard !acknowledged.isEmpty else { return due }
        var front = 0
        var last: UInt64?
        while front < marks.count, marks[front] != .open {
            if marks[front] == .acknowledged { last = firstTag + UInt64(front) }
            front += 1
        }
        if let last { due.append(.acknowledge(last, isMultiple: true)) }
        for tag in acknowledged where last.map({ tag > $0 }) ?? true {
            marks[Int(tag - firstTag)] = .settled
            due.append(.acknowledge(tag, isMultiple: false))
        }
        acknowledged.removeAll(keepingCapacity: true)
        marks.removeFirst(front)
        firstTag += UInt64(front)
        return due
    }
}
