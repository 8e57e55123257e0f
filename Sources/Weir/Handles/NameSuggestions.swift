// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Finds the names that a misspelt one may mean.
enum NameSuggestions {
    /// The most names that are suggested.
    static let most = 3

    /// The names, in full, whose end is within two edits of the text, nearest first.
    static func near(_ text: String, among names: [QualifiedName]) -> [String] {
        let wanted = Array(text.utf8.prefix(200))
        let ranked = names.compactMap { name -> (Int, String)? in
            let full = name.description
            let ends = [full, name.name] + (name.name.split(separator: ".").last.map { [String($0)] } ?? [])
            let distance = ends.map { Self.distance(wanted, Array($0.utf8)) }.min() ?? .max
            return distance <= max(2, wanted.count / 5) ? (distance, full) : nil
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(most).map(\.1)
    }

    /// Edits from one text to the other: a byte put in, left out, replaced, or swapped with its neighbour.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard abs(left.count - right.count) <= 40 else { return .max }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var line = [row + 1]
            for column in right.indices {
                let same = left[row] == right[column]
                var best = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, line[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                line.append(best)
            }
            beforeLast = last
            last = line
        }
        return last[right.count]
    }
}
