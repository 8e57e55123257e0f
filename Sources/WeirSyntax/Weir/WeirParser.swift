// SPDX-License-Identifier: Apache-2.0

/// Reads the language's own text into a tree: never fails, always moves forward, goes on after a fault at the line's end.
struct WeirParser {
    let grammar: Grammar
    let line: TextLine
    var builder: TreeBuilder
    var machine = PatternMachine()
    /// The token to read next.
    var place = 0
    /// The blocks around that token, outermost first.
    var openBlocks: [OpenBlock] = []
    /// Where the closing brace of a block was last reported missing, so that the blocks around it stay silent.
    var unclosedPlace = -1
    /// Whether every brace of the file has its counterpart; nil until someone asks.
    var bracesBalance: Bool?
    /// Whether something stands on the line of a brace.
    var isFolded = false
    /// How many fields with a value, such as `region "uk"`, the statement has had so far.
    var fieldsInStatement = 0
    /// How far down in the order of ``headForms`` and declarations the file is, and the statement that shows it.
    var furthest: (rank: Int, node: Int) = (-1, 0)
    /// The statements that stand above all declarations, in their order.
    static let headForms: [Form] = [.edition, .package, .use]

    /// A block whose closing brace has not been read.
    struct OpenBlock {
        let kind: BlockKind
        let brace: Int
        /// The statement that it belongs to.
        let node: Int
        /// Whether its statements stand further right than the first column.
        var isIndented = false
    }

    /// The tree of a file.
    static func parse(_ source: SourceFile) -> SyntaxTree {
        if let fault = source.faultAsText() {
            var builder = TreeBuilder(source, text: source.bytes)
            builder.tokens = [Token(.newline, start: source.bytes.count, length: 0)]
            builder.report(fault)
            return builder.finish()
        }
        let tokens = Lexer.tokens(of: source.bytes)
        let (tree, isFolded) = read(source, tokens, [])
        guard isFolded || !tree.diagnostics.isEmpty else { return tree }
        if let finding = OtherForm(source: source, tokens: tokens).finding {
            var builder = TreeBuilder(source, text: source.bytes)
            builder.tokens = tokens
            builder.report(finding)
            return builder.finish()
        }
        let unfolding = LineUnfolding(source, tokens)
        guard unfolding.isNeeded else { return tree }
        return read(source, unfolding.tokens, unfolding.findings).tree
    }

    /// Reads tokens, and says whether a brace shares its line with a statement.
    private static func read(
        _ source: SourceFile, _ tokens: [Token], _ findings: [Diagnostic]
    ) -> (tree: SyntaxTree, isFolded: Bool) {
        var builder = TreeBuilder(source, text: source.bytes)
        builder.tokens = tokens
        for finding in findings { builder.report(finding) }
        return source.bytes.withUnsafeBufferPointer { bytes in
            tokens.withUnsafeBufferPointer { places in
                // The views live as long as the parser, which does not leave this closure.
                let line = TextLine(
                    tokens: tokens, text: source.bytes, words: Grammar.shared.words,
                    tokenView: ElementView(of: places), textView: ElementView(of: bytes))
                var parser = WeirParser(builder, line)
                parser.readFile()
                return (parser.builder.finish(), parser.isFolded)
            }
        }
    }

    private init(_ builder: TreeBuilder, _ line: TextLine) {
        grammar = Grammar.shared
        self.line = line
        self.builder = builder
        self.builder.reserve(line.tokens.count / 2)
    }

    private mutating func readFile() {
        var seen = BlockContents(firstNode: 0)
        var declarations = 0
        while skipToStatement() {
            if line.kind(place) == .closeBrace {
                reportStrayBrace()
                continue
            }
            guard declarations < Limits.declarations else { return reportTooManyDeclarations() }
            declarations += 1
            let node = builder.nodes.count
            readStatement(in: .file, &seen)
            checkOrder(node)
        }
    }

    /// Reads the statements of a block up to its closing brace.
    mutating func readBlock(_ kind: BlockKind, brace: Int, node: Int) {
        openBlocks.append(OpenBlock(kind: kind, brace: brace, node: node))
        var seen = BlockContents(firstNode: node + 1)
        while true {
            guard skipToStatement(), !isDeclarationOutside(of: openBlocks.count - 1) else {
                reportUnclosedBlock()
                openBlocks.removeLast()
                return
            }
            if line.kind(place) == .closeBrace {
                place += 1
                openBlocks.removeLast()
                return endLine()
            }
            if !openBlocks[openBlocks.count - 1].isIndented, !isInFirstColumn(place) {
                openBlocks[openBlocks.count - 1].isIndented = true
            }
            readStatement(in: kind, &seen)
        }
    }

    private mutating func readStatement(in block: BlockKind, _ seen: inout BlockContents) {
        let first = place
        let candidates = candidates(in: block, at: first)
        for index in candidates {
            let form = grammar.candidate(index)
            guard
                let end = machine.run(
                    grammar.tables, from: grammar.starts[Int(form.rawValue)], over: line, at: first)
            else { continue }
            let node = builder.open(form, firstToken: first)
            for index in 0..<machine.captureCount {
                let capture = machine.capture(index)
                let fault = checkValue(capture.place, capture.start..<capture.end)
                if fault { builder.markDamaged(node) }
                builder.add(grammar.tables.slots[capture.place], tokens: capture.start..<capture.end, isDamaged: fault)
            }
            if fieldsInStatement > 0 { checkFields(node) }
            builder.endHead(node, endToken: end)
            if !seen.insert(form), !grammar.repeats[Int(form.rawValue)] { checkRepeated(node, seen) }
            place = end
            readTail(of: form, node)
            return
        }
        readDamaged(in: block, candidates, &seen)
    }

    // Inlined, because a call would copy the whole parser for it.
    @inline(__always)
    func candidates(in block: BlockKind, at place: Int) -> Range<Int> {
        switch line.kind(place) {
        case .name: grammar.candidates(in: block, beginningWith: line.word(place))
        case .method: grammar.methodCandidates(in: block)
        default: 0..<0
        }
    }

    /// What follows a statement's head: its block, or the line's end.
    mutating func readTail(of form: Form, _ node: Int) {
        let block = grammar.blocks[Int(form.rawValue)]
        if line.kind(place) == .openBrace, let block {
            let brace = place
            builder.markBlock(node)
            place += 1
            endLine()
            readBlock(block.kind, brace: brace, node: node)
        } else if case .required(let kind)? = block {
            readMissingBlock(kind, of: node)
        } else {
            endLine()
        }
        builder.close(node)
    }

    /// Moves to the next token that may begin a statement or end a block; false at the end of the file.
    private mutating func skipToStatement() -> Bool {
        while place < line.tokens.count {
            let kind = line.kind(place)
            guard kind == .newline || kind == .documentation else { return true }
            place += 1
        }
        return false
    }

    // Inlined, because a call would copy the whole parser for it.
    @inline(__always)
    func isInFirstColumn(_ place: Int) -> Bool {
        let start = Int(line.tokenView[place].start)
        return start == 0 || line.textView[start - 1] == UInt8(ascii: "\n")
    }
}

/// Which statements a block has had so far.
struct BlockContents {
    /// The first node inside of the block.
    let firstNode: Int
    private var forms = InlineArray<4, UInt64>(repeating: 0)

    init(firstNode: Int) { self.firstNode = firstNode }

    /// Adds a form; false where it was there.
    @inline(__always)
    mutating func insert(_ form: Form) -> Bool {
        let place = Int(form.rawValue >> 6)
        let bit = UInt64(1) &<< UInt64(form.rawValue)
        defer { forms[place] |= bit }
        return forms[place] & bit == 0
    }
}
