// SPDX-License-Identifier: Apache-2.0

/// How the keys of two patterns relate, decided on the product of their automata.
///
/// The words that matter are the literals of both patterns and one fresh word that stands for all others; that is exact, because
/// only a wildcard accepts a word that occurs in no pattern.
extension TopicPattern {
    /// The most states of the product that ``subsumes(_:)`` looks at; patterns that people write need a few dozen.
    static let mostStates = 20_000

    /// Whether every key that another pattern matches is matched by this one.
    ///
    /// Exact but for patterns made to be hard, with dozens of `*` behind a `#`: where ``mostStates`` do not decide it, the answer
    /// is no.
    public func subsumes(_ other: TopicPattern) -> Bool {
        if self == other || words == [.many] { return true }
        let symbols = Self.symbols(words + other.words)
        let simulation = Simulation(of: other, by: self, symbols: symbols)
        if simulation.holds(0, by: start) { return true }
        var seen: Set<Pair<Int>> = []
        var open = [Pair(own: start, other: 0)]
        while let pair = open.popLast() {
            guard seen.insert(pair).inserted else { continue }
            guard seen.count <= Self.mostStates else { return false }
            if other.canEnd(at: pair.other), !pair.own.contains(words.count) { return false }
            if simulation.holds(pair.other, by: pair.own) { continue }
            for symbol in symbols {
                let next = other.successors(of: pair.other, symbol)
                guard !next.isEmpty else { continue }
                let own = step(pair.own) { $0.accepts(symbol) }
                for state in next { open.append(Pair(own: own, other: state)) }
            }
        }
        return true
    }

    /// Whether some key is matched by both.
    public func overlaps(_ other: TopicPattern) -> Bool {
        let symbols = Self.symbols(words + other.words)
        var seen: Set<Int> = []
        var open = [(0, 0)]
        while let (own, theirs) = open.popLast() {
            guard seen.insert(own * (other.words.count + 1) + theirs).inserted else { continue }
            if canEnd(at: own), other.canEnd(at: theirs) { return true }
            for symbol in symbols {
                for left in successors(of: own, symbol) {
                    for right in other.successors(of: theirs, symbol) { open.append((left, right)) }
                }
            }
        }
        return false
    }

    /// A word that patterns tell apart; nil is the fresh one.
    typealias Symbol = [UInt8]?

    private struct Pair<State: Hashable>: Hashable {
        let own: TopicStates
        let other: State
    }

    private static func symbols(_ words: [Word]) -> [Symbol] {
        var literals: [[UInt8]] = []
        for case .literal(let word) in words where !literals.contains(word) { literals.append(word) }
        return literals.map { $0 } + [nil]
    }

    /// Whether a key may end in a state: only `#` stand behind it.
    fileprivate func canEnd(at state: Int) -> Bool { words[state...].allSatisfy { $0 == .many } }

    /// The states that one word leads to, with the `#` that are passed without a word.
    fileprivate func successors(of state: Int, _ symbol: Symbol) -> [Int] {
        var found: [Int] = []
        var place = state
        while place < words.count {
            if words[place].accepts(symbol) { found.append(words[place] == .many ? place : place + 1) }
            guard words[place] == .many else { break }
            place += 1
        }
        return found
    }
}

extension TopicPattern.Word {
    func accepts(_ symbol: TopicPattern.Symbol) -> Bool {
        switch self {
        case .literal(let own): own == symbol
        case .one, .many: true
        }
    }
}

/// Which states of a pattern another pattern can follow step by step: a quick proof that it matches all that the first does.
private struct Simulation {
    private let columns: Int
    private var pairs: [Bool]

    /// The greatest such relation, found by striking out pairs until none breaks it.
    init(of small: TopicPattern, by large: TopicPattern, symbols: [TopicPattern.Symbol]) {
        columns = large.words.count + 1
        pairs = [Bool](repeating: true, count: (small.words.count + 1) * columns)
        for left in 0...small.words.count {
            for right in 0...large.words.count where small.canEnd(at: left) && !large.canEnd(at: right) {
                pairs[left * columns + right] = false
            }
        }
        var isStable = false
        while !isStable {
            isStable = true
            for left in 0...small.words.count {
                for right in 0...large.words.count where pairs[left * columns + right] {
                    guard !follows(small, left, large, right, symbols) else { continue }
                    pairs[left * columns + right] = false
                    isStable = false
                }
            }
        }
    }

    private func follows(
        _ small: TopicPattern, _ left: Int, _ large: TopicPattern, _ right: Int, _ symbols: [TopicPattern.Symbol]
    ) -> Bool {
        symbols.allSatisfy { symbol in
            let answers = large.successors(of: right, symbol)
            return small.successors(of: left, symbol).allSatisfy { next in
                answers.contains { pairs[next * columns + $0] }
            }
        }
    }

    /// Whether one of some states of the larger pattern can follow a state of the smaller one.
    func holds(_ state: Int, by states: TopicStates) -> Bool {
        (0..<columns).contains { states.contains($0) && pairs[state * columns + $0] }
    }
}
