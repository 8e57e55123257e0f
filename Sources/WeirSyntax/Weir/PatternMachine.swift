// SPDX-License-Identifier: Apache-2.0

/// Tokens as a ``PatternMachine`` sees them, by place.
protocol TokenLine {
    /// Whether the machine shall try everything and record what it missed, instead of being quick.
    static var isUnderStudy: Bool { get }
    /// The kind of the token at a place; ``TokenKind/newline`` at the end.
    func kind(_ place: Int) -> TokenKind
    /// The keyword that the name at a place spells.
    func word(_ place: Int) -> Word
}

/// The tokens of a text as they are; the last token of the text is a ``TokenKind/newline``.
struct TextLine: TokenLine {
    static let isUnderStudy = false

    let tokens: [Token]
    let text: [UInt8]
    let words: Vocabulary.Lookup
    /// The same tokens and the same text where reading them counts no references.
    let tokenView: ElementView<Token>
    let textView: ElementView<UInt8>

    @inline(__always)
    func kind(_ place: Int) -> TokenKind { tokenView[place].kind }

    @inline(__always)
    func word(_ place: Int) -> Word { words.word(textView, tokenView[place]) }
}

/// Matches tokens against a ``PatternProgram``: looks one token ahead, and goes back where two ways fit.
struct PatternMachine {
    /// A value that was found.
    struct Capture {
        /// The number of its ``PatternProgram/ValuePlace``.
        let place: Int
        let start: Int
        let end: Int
    }

    /// What was expected at the furthest place that any way reached.
    struct Misses {
        private(set) var place = -1
        /// Instructions that did not fit there.
        private(set) var instructions: [Int] = []
        /// Value places of which no token had been read.
        private(set) var values: [Int] = []

        mutating func add(_ instruction: Int, at place: Int, value: Int?) {
            guard place >= self.place else { return }
            if place > self.place { self = Misses(place: place) }
            if let value {
                if !values.contains(value) { values.append(value) }
            } else if !instructions.contains(instruction) {
                instructions.append(instruction)
            }
        }

        init(place: Int = -1) { self.place = place }
    }

    private struct WayBack {
        let instruction: Int
        let place: Int
        let captures: Int
        let value: Int
        let valueStart: Int
    }

    /// Room for values, kept from match to match; the first ``captureCount`` are in use.
    private var captureRoom: [Capture] = []
    /// How many values the last match has.
    private(set) var captureCount = 0
    /// What the last lines under study missed; taken together until it is reset.
    var misses = Misses()
    private var waysBack: [WayBack] = []

    /// The values of the last match.
    var captures: ArraySlice<Capture> { captureRoom[..<captureCount] }

    /// A value of the last match.
    @inline(__always)
    func capture(_ index: Int) -> Capture { captureRoom[index] }

    /// Runs a program from an instruction on; the place of the token that ended it, or nil when nothing fits.
    @inline(__always)
    mutating func run<Line: TokenLine>(
        _ program: PatternProgram.Tables, from start: Int, over line: Line, at first: Int
    ) -> Int? {
        captureCount = 0
        if !waysBack.isEmpty { waysBack.removeAll(keepingCapacity: true) }
        var known = KnownWord()
        var next = start
        var place = first
        var value = 0
        var valueStart = -1
        while true {
            let instruction = program.instructions[next]
            let isMatch: Bool
            switch instruction.code {
            case .word:
                let word = line.kind(place) == .name ? known.word(line, place).number : 0
                isMatch = word == instruction.first || word == instruction.second
                if isMatch { place += 1 }
                next += 1
            case .wordOf:
                isMatch =
                    line.kind(place) == .name
                    && program.wordSets[Int(instruction.first)].contains(known.word(line, place))
                if isMatch { place += 1 }
                next += 1
            case .kinds:
                isMatch = instruction.kinds.contains(line.kind(place))
                if isMatch { place += 1 }
                next += 1
            case .open:
                value = Int(instruction.first)
                valueStart = place
                next += 1
                continue
            case .close:
                keep(Capture(place: value, start: valueStart, end: place))
                valueStart = -1
                next += 1
                continue
            case .jump:
                next = Int(instruction.first)
                continue
            case .end:
                if instruction.kinds.contains(line.kind(place)) { return place }
                isMatch = false
                next += 1
            case .split:
                let other = Int(instruction.second)
                next = Int(instruction.first)
                if Line.isUnderStudy {
                    keep(other, place, value, valueStart)
                    continue
                }
                let kind = line.kind(place)
                let word = kind == .name ? known.word(line, place) : .none
                let fitsOther = program.firsts[other].accepts(kind, word)
                guard program.firsts[next].accepts(kind, word) else {
                    next = other
                    continue
                }
                if fitsOther { keep(other, place, value, valueStart) }
                continue
            }
            if isMatch { continue }
            if Line.isUnderStudy { misses.add(next - 1, at: place, value: valueStart == place ? value : nil) }
            guard let way = waysBack.popLast() else { return nil }
            next = way.instruction
            place = way.place
            value = way.value
            valueStart = way.valueStart
            captureCount = way.captures
        }
    }

    @inline(__always)
    private mutating func keep(_ capture: Capture) {
        if captureCount < captureRoom.count {
            captureRoom[captureCount] = capture
        } else {
            captureRoom.append(capture)
        }
        captureCount += 1
    }

    /// The keyword that was looked up last; most are asked for more than once.
    private struct KnownWord {
        private var place = -1
        private var word = Word.none

        @inline(__always)
        mutating func word<Line: TokenLine>(_ line: Line, _ place: Int) -> Word {
            if place != self.place {
                word = line.word(place)
                self.place = place
            }
            return word
        }
    }

    private mutating func keep(_ instruction: Int, _ place: Int, _ value: Int, _ valueStart: Int) {
        waysBack.append(
            WayBack(
                instruction: instruction, place: place, captures: captureCount, value: value,
                valueStart: valueStart))
    }
}
