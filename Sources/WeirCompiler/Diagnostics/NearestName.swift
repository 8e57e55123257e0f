// SPDX-License-Identifier: Apache-2.0

/// The names that a person may have meant.
enum NearestName {
    /// The largest distance at which a name counts as meant.
    static let mostEdits = 2
    /// How many names are listed when none is near.
    static let mostListed = 8

    /// The nearest names within ``mostEdits``, nearest first, then in the order of their bytes.
    static func near(_ name: String, among names: some Sequence<String>) -> [String] {
        let wanted = Array(name.utf8)
        var found: [(distance: Int, name: String)] = []
        for candidate in names where candidate != name {
            let utf8 = Array(candidate.utf8)
            guard abs(utf8.count - wanted.count) <= mostEdits else { continue }
            let distance = distance(wanted, utf8)
            if distance <= min(mostEdits, wanted.count / 2) { found.append((distance, candidate)) }
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.map(\.name)
    }

    /// The Damerau–Levenshtein distance: insertions, deletions, replacements and swaps of neighbours.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let change = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(change, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
