// SPDX-License-Identifier: Apache-2.0

extension WeirParser {
    /// Reports what is wrong with a statement that fits no pattern, keeps what was understood of it, and goes on behind it.
    mutating func readDamaged(in block: BlockKind, _ candidates: Range<Int>, _ seen: inout BlockContents) {
        let first = place
        var tokens = first..<endOfHead(from: first)
        var reading: StatementStudy.Reading?
        var isRepaired = false
        var isFollowed = false
        if builder.isFull {
            reading = candidates.first.map { StatementStudy.Reading(form: grammar.candidate($0), values: []) }
        } else if let finding = study(block, candidates, tokens) {
            if finding.next == nil || !isUnfolded(first) { report(finding.fault) }
            reading = finding.reading
            isRepaired = finding.isRepaired
            if let next = finding.next {
                tokens = first..<next
                isFollowed = true
            }
        }
        guard let reading else { return recover(from: max(tokens.upperBound, first)) }
        let node = builder.open(reading.form, firstToken: first)
        if !isRepaired { builder.markDamaged(node) }
        for value in reading.values {
            var isDamaged = value.isDamaged
            if !isDamaged, isRepaired, let place = place(of: value.slot, in: reading.form) {
                isDamaged = checkValue(place, value.tokens)
            }
            builder.add(value.slot, tokens: value.tokens, isDamaged: isDamaged)
        }
        builder.endHead(node, endToken: max(tokens.upperBound, first + 1))
        _ = seen.insert(reading.form)
        place = tokens.upperBound
        if isFollowed { return builder.close(node) }
        readDamagedTail(of: reading.form, node)
    }

    /// Whether a statement had no line of its own, which has been reported for all statements of that line.
    private func isUnfolded(_ first: Int) -> Bool {
        first > 0 && line.kind(first - 1) == .newline && line.tokens[first - 1].length == 0
    }

    /// What follows the head of a damaged statement; what is missing there is not reported again.
    private mutating func readDamagedTail(of form: Form, _ node: Int) {
        if line.kind(place) == .openBrace, grammar.blocks[Int(form.rawValue)] != nil {
            readTail(of: form, node)
        } else {
            recover(from: place)
            if case .required(let kind)? = grammar.blocks[Int(form.rawValue)], isIndented(place, under: node) {
                builder.markBlock(node)
                readBlock(kind, brace: max(place - 2, 0), node: node)
            }
            builder.close(node)
        }
    }

    private mutating func study(
        _ block: BlockKind, _ candidates: Range<Int>, _ tokens: Range<Int>
    ) -> StatementStudy.Finding? {
        let written = tokens.isEmpty ? place..<place + 1 : tokens.lowerBound..<tokens.lowerBound + 1
        var study = StatementStudy(grammar, line, block: block, tokens: tokens)
        guard candidates.isEmpty else { return study.examine(study.line, forms: candidates.map(grammar.candidate)) }
        let firstWord = FirstWordStudy(
            grammar: grammar, block: block, tokens: written, written: spelling(written.lowerBound),
            kind: line.kind(written.lowerBound))
        guard !tokens.isEmpty, let (word, fault) = firstWord.guess() else {
            return StatementStudy.Finding(fault: firstWord.fault(), reading: nil)
        }
        let number = grammar.vocabulary.word(word)
        let isMethod = ValueCheck.methods.contains(word)
        let candidates =
            isMethod ? grammar.methodCandidates(in: block) : grammar.candidates(in: block, beginningWith: number)
        let forms = candidates.map(grammar.candidate)
        var corrected = study.line
        corrected.items[0].kind = isMethod ? .method : .name
        corrected.items[0].word = number
        let reading = study.read(corrected, forms)
        return StatementStudy.Finding(
            fault: fault, reading: reading ?? forms.first.map { StatementStudy.Reading(form: $0, values: []) },
            isRepaired: reading != nil)
    }

    /// The token that ends a statement's head: a line end, a brace that ends the line, or a closing brace.
    private func endOfHead(from first: Int) -> Int {
        var end = first
        while line.kind(end) != .newline, line.kind(end) != .closeBrace {
            if line.kind(end) == .openBrace { break }
            end += 1
        }
        return end
    }

    private func place(of slot: Slot, in form: Form) -> Int? {
        let start = grammar.starts[Int(form.rawValue)]
        for instruction in grammar.program.instructions[start...] {
            if instruction.code == .end { return nil }
            if instruction.code == .open, grammar.program.slots[Int(instruction.first)] == slot {
                return Int(instruction.first)
            }
        }
        return nil
    }

    /// Goes on behind a statement: behind its line, or behind a block that belongs to nothing.
    private mutating func recover(from end: Int) {
        place = end
        while place < line.tokens.count {
            switch line.kind(place) {
            case .newline:
                place += 1
                return
            case .openBrace: return skipBlock()
            case .closeBrace: return
            default: place += 1
            }
        }
    }
}
