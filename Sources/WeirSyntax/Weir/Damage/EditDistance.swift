// SPDX-License-Identifier: Apache-2.0

/// How many letters must be added, removed, changed or swapped with their neighbour to turn one word into another
/// (Damerau and Levenshtein, in the form that touches no letter twice).
enum EditDistance {
    /// The distance, or nil where it is more than the bound.
    static func between(_ left: String, _ right: String, atMost bound: Int) -> Int? {
        let left = Array(left.utf8.prefix(64))
        let right = Array(right.utf8.prefix(64))
        guard abs(left.count - right.count) <= bound else { return nil }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1] + [Int](repeating: 0, count: right.count)
            for (column, other) in right.enumerated() {
                current[column + 1] = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    current[column + 1] = min(current[column + 1], beforeLast[column - 1] + 1)
                }
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count] <= bound ? last[right.count] : nil
    }

    /// The one word that is nearest; nil where none is near enough, or two are equally near.
    static func nearest(to word: String, among words: [String]) -> String? {
        let bound = word.utf8.count <= 2 ? 0 : word.utf8.count <= 4 ? 1 : 2
        let near = words.compactMap { candidate in
            between(word, candidate, atMost: bound).map { (word: candidate, distance: $0) }
        }
        guard let best = near.min(by: { $0.distance < $1.distance }) else { return nil }
        return near.count { $0.distance == best.distance } == 1 ? best.word : nil
    }
}
