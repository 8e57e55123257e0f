// SPDX-License-Identifier: Apache-2.0

/// Elements in places that are used again: put in, looked up and taken out in constant time, without a hash.
struct Slab<Element> {
    private var places: [Element?] = []
    private var free: [Int] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Puts an element in; where it is until it is removed.
    mutating func insert(_ element: Element) -> Int {
        count += 1
        if let place = free.popLast() {
            places[place] = element
            return place
        }
        places.append(element)
        return places.count - 1
    }

    subscript(place: Int) -> Element? {
        get { place >= 0 && place < places.count ? places[place] : nil }
        set { if place >= 0, place < places.count, places[place] != nil, newValue != nil { places[place] = newValue } }
    }

    @discardableResult
    mutating func remove(_ place: Int) -> Element? {
        guard place >= 0, place < places.count, let element = places[place].take() else { return nil }
        free.append(place)
        count -= 1
        return element
    }

    /// All elements, in no order.
    var all: [Element] { places.compactMap { $0 } }
}

extension Slab: Sendable where Element: Sendable {}
