// SPDX-License-Identifier: Apache-2.0

/// A queue in an array that goes round: added to and taken from both ends in constant time.
struct Ring<Element> {
    private var slots: [Element?]
    private var head = 0
    private(set) var count = 0

    init(capacity: Int = 16) {
        var size = 16
        while size < capacity { size *= 2 }
        slots = Array(repeating: nil, count: size)
    }

    var isEmpty: Bool { count == 0 }
    var first: Element? { count == 0 ? nil : slots[head] }

    private func place(_ index: Int) -> Int { (head &+ index) & (slots.count &- 1) }

    subscript(index: Int) -> Element? { index < count ? slots[place(index)] : nil }

    mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        slots[place(count)] = element
        count += 1
    }

    mutating func prepend(_ element: Element) {
        if count == slots.count { grow() }
        head = (head &- 1) & (slots.count &- 1)
        slots[head] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[head].take()
        head = (head &+ 1) & (slots.count &- 1)
        count -= 1
        return element
    }

    /// Takes out the element at an index; in time that grows with its distance from the front.
    mutating func remove(at index: Int) -> Element? {
        guard index < count else { return nil }
        let element = slots[place(index)].take()
        for moved in stride(from: index, to: 0, by: -1) { slots[place(moved)] = slots[place(moved - 1)].take() }
        head = (head &+ 1) & (slots.count &- 1)
        count -= 1
        return element
    }

    /// Puts an element in front of the first that it must precede; in time that grows with how many it follows.
    mutating func insert(_ element: Element, before isLater: (Element) -> Bool) {
        prepend(element)
        var index = 0
        while index + 1 < count, let next = slots[place(index + 1)], !isLater(next) {
            slots.swapAt(place(index), place(index + 1))
            index += 1
        }
    }

    private mutating func grow() {
        var larger = [Element?](repeating: nil, count: slots.count * 2)
        for index in 0..<count { larger[index] = slots[place(index)].take() }
        slots = larger
        head = 0
    }
}

extension Ring: Sendable where Element: Sendable {}
