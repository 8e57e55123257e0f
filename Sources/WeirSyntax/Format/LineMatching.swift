// SPDX-License-Identifier: Apache-2.0

/// Finds the lines that two texts have in common, in order, as people would: lines that occur once in both are anchors
/// (Bram Cohen's patience diff), small rests are solved exactly. Takes `n log n` time, whatever the texts.
struct LineMatching {
    /// The largest rest, as lines before times lines after, that is solved exactly.
    private static let mostCells = 1 << 16

    private let old: [Int]
    private let new: [Int]
    private var pairs: [(old: Int, new: Int)] = []

    /// Pairs of equal lines, both sides ascending; lines are compared by their numbers.
    static func pairs(old: [Int], new: [Int]) -> [(old: Int, new: Int)] {
        var matching = LineMatching(old: old, new: new)
        var work = [(0..<old.count, 0..<new.count)]
        while let (oldRange, newRange) = work.popLast() { work += matching.match(oldRange, newRange) }
        return matching.pairs.sorted { $0.old < $1.old }
    }

    private init(old: [Int], new: [Int]) {
        self.old = old
        self.new = new
    }

    /// Matches what it can in two ranges; returns the ranges left to match.
    private mutating func match(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> [(Range<Int>, Range<Int>)] {
        var (from, newFrom, to, newTo) = (
            oldRange.lowerBound, newRange.lowerBound, oldRange.upperBound, newRange.upperBound
        )
        while from < to, newFrom < newTo, old[from] == new[newFrom] {
            pairs.append((from, newFrom))
            (from, newFrom) = (from + 1, newFrom + 1)
        }
        while from < to, newFrom < newTo, old[to - 1] == new[newTo - 1] {
            (to, newTo) = (to - 1, newTo - 1)
            pairs.append((to, newTo))
        }
        guard from < to, newFrom < newTo else { return [] }
        let anchors = anchors(from..<to, newFrom..<newTo)
        if anchors.isEmpty {
            if (to - from) * (newTo - newFrom) <= Self.mostCells { matchExactly(from..<to, newFrom..<newTo) }
            return []
        }
        var rests: [(Range<Int>, Range<Int>)] = []
        for anchor in anchors {
            pairs.append(anchor)
            rests.append((from..<anchor.old, newFrom..<anchor.new))
            (from, newFrom) = (anchor.old + 1, anchor.new + 1)
        }
        rests.append((from..<to, newFrom..<newTo))
        return rests
    }

    /// The longest run of lines, ascending on both sides, that occur once in each range.
    private func anchors(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> [(old: Int, new: Int)] {
        let newPlaces = places(of: new, in: newRange)
        let unique = places(of: old, in: oldRange).compactMap { line, place -> (old: Int, new: Int)? in
            guard let place, let other = newPlaces[line] ?? nil else { return nil }
            return (place, other)
        }.sorted { $0.old < $1.old }
        var piles: [Int] = []
        var previous = [Int](repeating: -1, count: unique.count)
        for (index, pair) in unique.enumerated() {
            let pile = piles.partitionPoint { unique[$0].new >= pair.new }
            if pile > 0 { previous[index] = piles[pile - 1] }
            if pile == piles.count { piles.append(index) } else { piles[pile] = index }
        }
        var run: [(old: Int, new: Int)] = []
        var index = piles.last ?? -1
        while index >= 0 {
            run.append(unique[index])
            index = previous[index]
        }
        return run.reversed()
    }

    /// Where each line stands; nil for one that stands in several places.
    private func places(of lines: [Int], in range: Range<Int>) -> [Int: Int?] {
        var places: [Int: Int?] = [:]
        for index in range { places[lines[index]] = places[lines[index]] == nil ? .some(index) : .some(nil) }
        return places
    }

    /// The longest common subsequence, by the table.
    private mutating func matchExactly(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        let width = newRange.count + 1
        var lengths = [Int32](repeating: 0, count: (oldRange.count + 1) * width)
        for i in stride(from: oldRange.count - 1, through: 0, by: -1) {
            for j in stride(from: newRange.count - 1, through: 0, by: -1) {
                lengths[i * width + j] =
                    old[oldRange.lowerBound + i] == new[newRange.lowerBound + j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var (i, j) = (0, 0)
        while i < oldRange.count, j < newRange.count {
            if old[oldRange.lowerBound + i] == new[newRange.lowerBound + j] {
                pairs.append((oldRange.lowerBound + i, newRange.lowerBound + j))
                (i, j) = (i + 1, j + 1)
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
    }
}

extension Array {
    /// The first index whose element fulfils a condition that holds for a tail of the array only.
    fileprivate func partitionPoint(_ isInTail: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isInTail(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
