// SPDX-License-Identifier: Apache-2.0

/// Finds out what is wrong with a statement that fits no pattern: tries small changes and takes the first that makes it fit.
struct StatementStudy {
    /// A statement as it was understood.
    struct Reading {
        let form: Form
        let values: [(slot: Slot, tokens: Range<Int>, isDamaged: Bool)]
    }

    /// What is wrong, and the statement as it was understood; nil where it was not.
    struct Finding {
        let fault: Fault
        var reading: Reading?
        /// Whether what was meant is sure, so that later stages may use the statement.
        var isRepaired = false
        /// Where the next statement begins on the same line; nil: nowhere.
        var next: Int?
    }

    /// A change of the line and what it says.
    struct Repair {
        let line: StudyLine
        let fault: Fault
        /// Whether the statement is sure to mean this.
        var isSure = true
    }

    /// The most readings that one statement is tried in.
    private static let mostTrials = 200

    let grammar: Grammar
    let text: TextLine
    let block: BlockKind
    /// The tokens of the statement.
    let tokens: Range<Int>
    private var machine = PatternMachine()
    private var trials = 0

    init(_ grammar: Grammar, _ text: TextLine, block: BlockKind, tokens: Range<Int>) {
        self.grammar = grammar
        self.text = text
        self.block = block
        self.tokens = tokens
    }

    /// The line as it is.
    var line: StudyLine {
        let items = tokens.map { place in
            StudyLine.Item(
                kind: text.kind(place), word: text.kind(place) == .name ? text.word(place) : .none,
                tokens: place..<place + 1)
        }
        return StudyLine(items: items, end: text.kind(tokens.upperBound))
    }

    /// What is wrong with the statement, which may be one of these forms.
    mutating func examine(_ line: StudyLine, forms: [Form]) -> Finding {
        if let place = line.items.firstIndex(where: { $0.kind == .unclosedString }) {
            return settle(unclosedText(line, place), forms)
        }
        let misses = self.misses(line, forms)
        let expectation = Expectation(misses, grammar)
        let literals = literalRepairs(line, misses.place, expectation)
        let signs = signRepairs(line, misses.place, expectation) + missingSigns(line, misses.place, expectation)
        for repair in literals + signs {
            if let finding = whole(repair, forms) { return finding }
        }
        if let finding = comment(line, forms) ?? settingOutside(line, misses.place, expectation, forms) {
            return finding
        }
        if let finding = twoStatements(line, misses.place, expectation, forms) { return finding }
        for repair in nearWordRepairs(line, misses.place, forms) {
            if let finding = whole(repair, forms) { return finding }
        }
        if let finding = missingWords(line, misses, expectation, forms) { return finding }
        for repair in otherWordRepairs(line, misses.place, expectation) {
            if let finding = whole(repair, forms) { return finding }
        }
        let fault = literals.first?.fault ?? Wording(self, line, forms: forms).fault(at: misses.place, expectation)
        return Finding(
            fault: fault,
            reading: understood(line, misses.place, expectation, forms)
                ?? forms.first.map { Reading(form: $0, values: []) })
    }

    /// The statement with what stands at a place taken for the value that is due there, so that its name is known.
    private mutating func understood(
        _ line: StudyLine, _ place: Int, _ expectation: Expectation, _ forms: [Form]
    ) -> Reading? {
        guard expectation.isValue, place > 0, let kind = expectation.valueKinds.first else { return nil }
        let start = place < line.items.count ? line.items[place].tokens.lowerBound : tokens.upperBound
        for end in Set([min(place + 1, line.items.count), line.items.count]).sorted() {
            var changed = line
            let value = StudyLine.Item(
                kind: kind, tokens: start..<max(start, line.items[end - 1].tokens.upperBound), isDamaged: true)
            changed.items.replaceSubrange(place..<max(end, place), with: [value])
            if let reading = read(changed, forms) { return reading }
        }
        return nil
    }

    /// A finding whose repair is known to be meant, whether or not the rest fits.
    private mutating func settle(_ repair: Repair, _ forms: [Form]) -> Finding {
        whole(repair, forms)
            ?? Finding(fault: repair.fault, reading: forms.first.map { Reading(form: $0, values: []) })
    }

    /// The finding of a repair that makes the whole statement fit.
    mutating func whole(_ repair: Repair, _ forms: [Form]) -> Finding? {
        guard let reading = read(repair.line, forms) else { return nil }
        return Finding(fault: repair.fault, reading: reading, isRepaired: repair.isSure)
    }

    /// The statement that a line is, if it fits one of the forms.
    mutating func read(_ line: StudyLine, _ forms: [Form]) -> Reading? {
        for form in forms {
            guard trials < Self.mostTrials else { return nil }
            trials += 1
            let start = grammar.starts[Int(form.rawValue)]
            guard machine.run(grammar.tables, from: start, over: line, at: 0) == line.items.count,
                !machine.captures.contains(where: { isNameAdded($0, line) })
            else { continue }
            let values = machine.captures.compactMap { capture -> (slot: Slot, tokens: Range<Int>, isDamaged: Bool)? in
                let items = line.items[capture.start..<capture.end]
                guard let first = items.first, let last = items.last else { return nil }
                let range = first.tokens.lowerBound..<last.tokens.upperBound
                guard !range.isEmpty else { return nil }
                return (grammar.program.slots[capture.place], range, items.contains(where: \.isDamaged))
            }
            return Reading(form: form, values: values)
        }
        return nil
    }

    /// Whether a keyword that is only tried was taken for a name.
    private func isNameAdded(_ capture: PatternMachine.Capture, _ line: StudyLine) -> Bool {
        let types = grammar.program.places[capture.place].types
        return types.contains { $0 == .name || $0 == .path }
            && line.items[capture.start..<capture.end].allSatisfy(\.tokens.isEmpty)
    }

    /// What the forms together expected at the furthest place that one of them reached.
    mutating func misses(_ line: StudyLine, _ forms: [Form]) -> PatternMachine.Misses {
        machine.misses = PatternMachine.Misses()
        _ = read(line, forms)
        return machine.misses
    }

    /// The word, name or value at a place as written; several tokens joined by spaces.
    func spelling(_ tokens: Range<Int>) -> String {
        tokens.map { String(decoding: text.text[Int(text.tokens[$0].start)..<text.tokens[$0].end], as: UTF8.self) }
            .joined(separator: " ")
    }

    private func unclosedText(_ line: StudyLine, _ place: Int) -> Repair {
        var changed = line
        changed.items[place].kind = .string
        changed.items[place].isDamaged = true
        let tokens = line.items[place].tokens
        let written = spelling(tokens)
        let closed = written.hasSuffix(" {") ? written.dropLast(2) + "\" {" : written + "\""
        return Repair(
            line: changed,
            fault: Fault(
                .unclosedString, "a text is not closed", at: tokens, "expected `\"` before the line ends",
                help: "close it", mend: .replace(tokens, String(closed)), applicability: .unsafe),
            isSure: false)
    }
}
