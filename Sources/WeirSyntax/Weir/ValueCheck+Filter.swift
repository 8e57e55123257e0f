// SPDX-License-Identifier: Apache-2.0

extension ValueCheck {
    /// What is wrong with the parentheses of a filter, or with its size; only filters have several words and parentheses.
    func filterFault(_ range: Range<Int>) -> Fault? {
        var open: [Int] = []
        var depth = 0
        var tests = 1
        for place in range {
            switch tokens[place].kind {
            case .openParenthesis:
                open.append(place)
                depth += 1
            case .closeParenthesis:
                guard open.popLast() != nil else {
                    return Fault(
                        .unexpectedWord, "`)` closes no parenthesis", at: place..<place + 1, "none is open here",
                        help: "remove it", mend: .remove(place..<place + 1))
                }
                depth -= 1
            case .name where spells("and", place) || spells("or", place):
                tests += 1
                depth = open.count
            case .name where spells("not", place): depth += 1
            default: continue
            }
            if depth > Limits.filterDepth {
                return Fault(
                    .limitExceeded, "a filter is nested deeper than \(Limits.filterDepth) levels",
                    at: place..<place + 1, "level \(Limits.filterDepth + 1) begins here")
            }
            if tests > Limits.filterTests {
                return Fault(
                    .limitExceeded, "a filter has more than \(Limits.filterTests) tests", at: place..<place + 1,
                    "number \(Limits.filterTests + 1) follows")
            }
        }
        guard let place = open.last else { return nil }
        return Fault(
            .unexpectedWord, "`(` is not closed", at: place..<place + 1, "opened here", help: "close it",
            mend: .replace(range.upperBound - 1..<range.upperBound, spelling(range.upperBound - 1) + ")"),
            applicability: .unsafe)
    }

    private func spelling(_ place: Int) -> String {
        String(decoding: text[Int(tokens[place].start)..<tokens[place].end], as: UTF8.self)
    }
}
