// SPDX-License-Identifier: Apache-2.0

/// Turns patterns into the instructions of a ``PatternProgram``.
struct PatternCompiler {
    typealias Instruction = PatternProgram.Instruction

    private(set) var program = PatternProgram()
    private(set) var vocabulary = Vocabulary()
    private var row: StatementRow?

    /// Adds a row's pattern; its first instruction is the result.
    mutating func add(_ row: StatementRow, _ pattern: Pattern) -> Int {
        self.row = row
        let start = next
        emit(pattern)
        emit(Instruction(code: .end, kinds: row.block == nil ? KindSet(.newline) : KindSet(.newline, .openBrace)))
        return start
    }

    /// Adds one value place as a pattern of its own, as YAML's scalars need it.
    mutating func add(place: Int) -> Int {
        let start = next
        emit(Instruction(code: .open, first: UInt16(place)))
        emit(program.places[place].types)
        emit(Instruction(code: .close))
        emit(Instruction(code: .end, kinds: KindSet(.newline)))
        return start
    }

    /// Works out what each instruction may begin with; nothing may be added afterwards.
    mutating func finish() {
        program.firsts = program.instructions.indices.map(first)
    }

    private var next: Int { program.instructions.count }

    private mutating func emit(_ instruction: Instruction) { program.instructions.append(instruction) }

    private mutating func emit(_ pattern: Pattern) {
        switch pattern {
        case .sequence(let elements):
            for element in elements { emit(element) }
        case .choice(let alternatives):
            choice(alternatives.map { alternative in { $0.emit(alternative) } })
        case .optional(let body):
            let split = next
            emit(Instruction(code: .split, first: UInt16(split + 1)))
            emit(body)
            program.instructions[split].second = UInt16(next)
        case .repeated(let body):
            let split = next
            emit(Instruction(code: .split, first: UInt16(split + 1)))
            emit(body)
            emit(Instruction(code: .jump, first: UInt16(split)))
            program.instructions[split].second = UInt16(next)
        case .words(let words):
            if words == [","] { return emit(Instruction(code: .kinds, kinds: KindSet(.comma))) }
            if words == ["="] { return emit(Instruction(code: .kinds, kinds: KindSet(.equals))) }
            emit(words)
        case .tokens(let kinds):
            emit(Instruction(code: .kinds, kinds: kinds))
        case .value(let slot, let types, let isList):
            let place = program.add(
                PatternProgram.ValuePlace(
                    slot: slot, types: types, isList: isList, bounds: row?.slots[slot]?.bounds))
            let start = next
            emit(Instruction(code: .open, first: UInt16(place)))
            emit(types)
            emit(Instruction(code: .close))
            guard isList else { return }
            emit(Instruction(code: .split, first: UInt16(next + 1), second: UInt16(next + 3)))
            emit(Instruction(code: .kinds, kinds: KindSet(.comma)))
            emit(Instruction(code: .jump, first: UInt16(start)))
        }
    }

    private mutating func emit(_ words: [String]) {
        let numbers = words.map { vocabulary.insert($0) }
        guard let first = numbers.first, let last = numbers.last else { return }
        guard numbers.count > 2 else {
            return emit(Instruction(code: .word, first: first.number, second: last.number))
        }
        var set = WordSet()
        for number in numbers { set.insert(number) }
        emit(Instruction(code: .wordOf, first: UInt16(program.wordSets.count)))
        program.wordSets.append(set)
    }

    /// Alternatives in order, each tried when those before it do not fit.
    private mutating func choice(_ alternatives: [(inout PatternCompiler) -> Void]) {
        var jumps: [Int] = []
        for (index, alternative) in alternatives.enumerated() {
            guard index + 1 < alternatives.count else {
                alternative(&self)
                break
            }
            let split = next
            emit(Instruction(code: .split, first: UInt16(split + 1)))
            alternative(&self)
            jumps.append(next)
            emit(Instruction(code: .jump))
            program.instructions[split].second = UInt16(next)
        }
        for jump in jumps { program.instructions[jump].first = UInt16(next) }
    }

    /// One value of some types: single tokens together, words together, then those of several words.
    private mutating func emit(_ types: [ValueType]) {
        var kinds = KindSet()
        var words: [String] = []
        var alternatives: [(inout PatternCompiler) -> Void] = []
        for type in types {
            kinds.formUnion(type.kinds)
            words += type.words
            if let pattern = type.pattern { alternatives.append { $0.emit(pattern) } }
        }
        if !words.isEmpty { alternatives.insert({ $0.emit(words) }, at: 0) }
        if kinds != KindSet() { alternatives.insert({ $0.emit(Instruction(code: .kinds, kinds: kinds)) }, at: 0) }
        choice(alternatives)
    }

    private func first(_ index: Int) -> PatternProgram.First {
        let instruction = program.instructions[index]
        var first = PatternProgram.First()
        switch instruction.code {
        case .word:
            first.words.insert(Word(number: instruction.first))
            first.words.insert(Word(number: instruction.second))
        case .wordOf: first.words = program.wordSets[Int(instruction.first)]
        case .kinds, .end: first.kinds = instruction.kinds
        case .open, .close: return self.first(index + 1)
        case .jump: return self.first(Int(instruction.first))
        case .split:
            first = self.first(Int(instruction.first))
            let other = self.first(Int(instruction.second))
            first.kinds.formUnion(other.kinds)
            first.words.formUnion(other.words)
        }
        return first
    }
}
