// SPDX-License-Identifier: Apache-2.0

/// Finds the key that a misspelt one must have meant.
enum KeySpelling {
    /// Keys longer than this are not compared.
    private static let longest = 40

    /// The only nearest key within so many edits; nil where none or several are.
    static func nearest(to word: String, in keys: [String], within most: Int) -> String? {
        let letters = Array(word.utf8.prefix(longest + 1))
        guard letters.count <= longest, letters.count > most else { return nil }
        var best: (key: String, distance: Int)?
        var isTied = false
        for key in keys {
            let distance = distance(letters, Array(key.utf8))
            guard distance <= most, distance < key.utf8.count else { continue }
            if let found = best, found.distance <= distance {
                isTied = isTied || found.distance == distance
            } else {
                best = (key, distance)
                isTied = false
            }
        }
        return isTied ? nil : best?.key
    }

    /// The edits between two words: letters added, dropped, replaced, and neighbours swapped (Damerau and Levenshtein).
    static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var before = [Int](repeating: 0, count: other.count + 1)
        var row = Array(0...other.count)
        for i in one.indices {
            var next = [i + 1] + [Int](repeating: 0, count: other.count)
            for j in other.indices {
                let replaced = row[j] + (one[i] == other[j] ? 0 : 1)
                next[j + 1] = min(replaced, row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    next[j + 1] = min(next[j + 1], before[j - 1] + 1)
                }
            }
            (before, row) = (row, next)
        }
        return row[other.count]
    }
}
