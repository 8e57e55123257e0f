// SPDX-License-Identifier: Apache-2.0

/// What gives an element for a place.
protocol ByPlace<Element> {
    associatedtype Element
    subscript(place: Int) -> Element { get }
}

extension Array: ByPlace {}

/// Elements at a fixed place in memory: reading them counts no references, and every access is checked against the bounds.
///
/// The innermost loops of the parser ask several tables for each token; arrays would be retained and released each time.
struct ElementView<Element: Sendable>: ByPlace, @unchecked Sendable {
    // Sendable: nobody writes to the elements while a view of them exists. Whoever makes a view says why they outlive it.
    private let elements: UnsafeBufferPointer<Element>

    /// A view of elements that outlive it and do not change meanwhile.
    init(of elements: UnsafeBufferPointer<Element>) { self.elements = elements }

    /// A view of a copy that is never freed, for tables that live as long as the process.
    init(keeping elements: [Element]) {
        let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
        _ = copy.initialize(from: elements)
        self.elements = UnsafeBufferPointer(copy)
    }

    @inline(__always)
    subscript(place: Int) -> Element {
        precondition(place >= 0 && place < elements.count)
        return elements[place]
    }
}
