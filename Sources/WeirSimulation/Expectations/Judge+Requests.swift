// SPDX-License-Identifier: Apache-2.0

extension Judge {
    /// A claim holds when it holds for every request of the test; without any, nothing was observed, and that fails.
    func judgeRequests(showing field: String? = nil, _ holds: (RequestFact) -> Bool) -> Verdict {
        guard !story.requests.isEmpty else {
            return Verdict(passed: false, lines: ["the test sends no request, so nothing was observed"])
        }
        let wrong = story.requests.filter { !holds($0) }
        let all = Self.count(story.requests.count, "request")
        var lines = [wrong.isEmpty ? "\(all), each as expected" : "\(all), \(wrong.count) not as expected:"]
        let shown = (wrong.isEmpty ? story.requests : wrong).prefix(Self.mostExamples)
        for fact in shown {
            lines.append("  \(fact)")
            guard let field else { continue }
            let values = fact.values(of: field)
            let got = values.isEmpty ? "none" : values.map { "\"\($0)\"" }.joined(separator: ", ")
            lines.append("  \(field): \(got)")
        }
        if wrong.count > shown.count { lines.append("  … and \(wrong.count - shown.count) more") }
        return Verdict(passed: wrong.isEmpty, lines: lines)
    }
}
