// SPDX-License-Identifier: Apache-2.0

/// The language table compiled for reading: one program for all patterns, and the statements that a word may begin in a block.
final class Grammar: Sendable {
    /// The grammar of this edition.
    static let shared = Grammar(LanguageTable.rows)

    let vocabulary: Vocabulary
    let program: PatternProgram
    /// The program as the ``PatternMachine`` reads it.
    let tables: PatternProgram.Tables
    /// The keywords as tokens spell them.
    let words: Vocabulary.Lookup
    /// The rows by form.
    let rows: [StatementRow?]
    /// The first instruction of each form's pattern; by form.
    let starts: ElementView<Int>
    /// The block that each form opens; by form.
    let blocks: ElementView<StatementRow.Block?>
    /// Whether a block may hold a form more than once, or the compiler looks at that, as it does of steps; by form.
    let repeats: ElementView<Bool>
    /// The words that begin a statement at the top of a file.
    let declarationWords: WordSet
    private let valueStarts: [ValueKey: Int]
    private let wordCount: Int
    private let entries: ElementView<UInt16>
    private let methodEntries: ElementView<UInt16>
    private let candidateForms: ElementView<Form>
    private let candidateCounts: ElementView<UInt8>

    private struct ValueKey: Hashable {
        let form: Form
        let slot: Slot
    }

    private init(_ table: [StatementRow]) {
        var compiler = PatternCompiler()
        var rows = [StatementRow?](repeating: nil, count: Form.all.count)
        var starts = [Int](repeating: 0, count: Form.all.count)
        var valueStarts: [ValueKey: Int] = [:]
        for row in table {
            guard let pattern = Pattern(row.pattern) else { preconditionFailure("pattern of `\(row.form)`") }
            rows[Int(row.form.rawValue)] = row
            let firstPlace = compiler.program.places.count
            starts[Int(row.form.rawValue)] = compiler.add(row, pattern)
            for place in firstPlace..<compiler.program.places.count {
                let key = ValueKey(form: row.form, slot: compiler.program.places[place].slot)
                if valueStarts[key] == nil { valueStarts[key] = compiler.add(place: place) }
            }
        }
        compiler.finish()
        vocabulary = compiler.vocabulary
        program = compiler.program
        tables = PatternProgram.Tables(program)
        words = Vocabulary.Lookup(vocabulary)
        self.rows = rows
        self.starts = ElementView(keeping: starts)
        self.valueStarts = valueStarts
        blocks = ElementView(keeping: rows.map { $0?.block })
        repeats = ElementView(keeping: rows.map { $0.map { $0.repeats || $0.isStep } ?? false })

        let wordCount = vocabulary.spellings.count
        self.wordCount = wordCount
        var entries = [UInt16](repeating: 0, count: BlockKind.allCases.count * wordCount)
        var methodEntries = [UInt16](repeating: 0, count: BlockKind.allCases.count)
        var forms: [Form] = [.edition]
        var counts: [UInt8] = [0]
        var declarationWords = WordSet()
        for block in BlockKind.allCases {
            let here = table.filter { $0.places.contains(block) }
                .map { (form: $0.form, start: starts[Int($0.form.rawValue)]) }
                .sorted { Self.fixedWords(compiler.program, $0.start) > Self.fixedWords(compiler.program, $1.start) }
            for number in 1..<wordCount {
                let word = Word(number: UInt16(number))
                let found = here.filter { compiler.program.firsts[$0.start].words.contains(word) }.map(\.form)
                guard !found.isEmpty else { continue }
                entries[Int(block.rawValue) * wordCount + number] = UInt16(forms.count)
                counts += found.indices.map { UInt8(found.count - $0) }
                forms += found
                if block == .file { declarationWords.insert(word) }
            }
            let byMethod = here.filter { compiler.program.firsts[$0.start].kinds.contains(.method) }.map(\.form)
            guard let form = byMethod.first else { continue }
            methodEntries[Int(block.rawValue)] = UInt16(forms.count)
            forms.append(form)
            counts.append(1)
        }
        self.entries = ElementView(keeping: entries)
        self.methodEntries = ElementView(keeping: methodEntries)
        candidateForms = ElementView(keeping: forms)
        candidateCounts = ElementView(keeping: counts)
        self.declarationWords = declarationWords
    }

    /// The statements that may begin with a word in a block, those with more fixed words first: a range of ``candidate(_:)``.
    @inline(__always)
    func candidates(in block: BlockKind, beginningWith word: Word) -> Range<Int> {
        let entry = Int(entries[Int(block.rawValue) * wordCount + Int(word.number)])
        return entry..<entry + Int(candidateCounts[entry])
    }

    /// The statements that begin with an HTTP method in a block.
    @inline(__always)
    func methodCandidates(in block: BlockKind) -> Range<Int> {
        let entry = Int(methodEntries[Int(block.rawValue)])
        return entry..<entry + Int(candidateCounts[entry])
    }

    /// A statement of a range of candidates.
    @inline(__always)
    func candidate(_ index: Int) -> Form { candidateForms[index] }

    /// The first instruction of a program that matches one value of a slot and nothing more.
    func valueStart(_ form: Form, _ slot: Slot) -> Int? { valueStarts[ValueKey(form: form, slot: slot)] }

    /// The words that may begin a statement in a block.
    func firstWords(in block: BlockKind) -> [String] {
        let start = Int(block.rawValue) * wordCount
        return (1..<wordCount).filter { entries[start + $0] != 0 }.map { vocabulary.spellings[$0] }
    }

    private static func fixedWords(_ program: PatternProgram, _ start: Int) -> Int {
        program.instructions[start...].prefix { $0.code == .word }.count
    }
}
