// SPDX-License-Identifier: Apache-2.0

/// The weight of each version by its place, in thousandths; in place for as many versions as most APIs have.
struct Weights {
    private static let none: Int16 = -1

    private var few = [16 of Int16](repeating: Weights.none)
    private var many: [Int16] = []
    private let count: Int

    init(count: Int) {
        self.count = count
        if count > few.count { many = Array(repeating: Self.none, count: count) }
    }

    /// nil: the version is not named.
    subscript(_ place: Int) -> Int? {
        let weight = many.isEmpty ? few[place] : many[place]
        return weight == Self.none ? nil : Int(weight)
    }

    /// Names a version, which keeps the best weight that it has been given.
    mutating func raise(_ place: Int, to weight: Int) {
        if many.isEmpty {
            few[place] = max(few[place], Int16(weight))
        } else {
            many[place] = max(many[place], Int16(weight))
        }
    }

    /// The places of all versions that may be named.
    var indices: Range<Int> { 0..<count }
}
