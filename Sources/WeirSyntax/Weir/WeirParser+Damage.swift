// SPDX-License-Identifier: Apache-2.0

extension WeirParser {
    mutating func readDamaged(in block: BlockKind, _ candidates: Range<Int>, _ seen: inout BlockContents) {
        report(Fault(.unexpectedWord, "`\(spelling(place))` cannot stand here", at: place..<place + 1))
        recover()
    }

    mutating func recover() {
        while place < line.tokens.count {
            switch line.kind(place) {
            case .newline:
                place += 1
                return
            case .openBrace:
                skipBlock()
                return
            case .closeBrace: return
            default: place += 1
            }
        }
    }
}
