// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension TestReader {
    func request(_ statement: Statement) -> TestCase.Request? {
        guard !statement.isDamaged, let method = statement.value(.method)?.text,
            let path = statement.value(.route)?.string(), let to = statement.value(.to),
            let api = names.resolve(.api, to, in: file)
        else { return nil }
        let fields = statement.values(.with).compactMap { $0.headerField() }
        return TestCase.Request(
            method: method, path: path, api: api.name,
            fields: fields.map { TestCase.HeaderField(name: $0.name, value: $0.value) },
            at: statement.value(.on)?.instant(), place: place(statement))
    }

    /// A claim of the answers to requests; nil for other claims.
    func answerClaim(_ statement: Statement) -> TestCase.Expectation.Claim? {
        if let value = statement.value(.version) {
            guard let version = value.version() else { return reportVersion(value) }
            return .version(version)
        }
        if let value = statement.value(.status) { return reader.count(value, in: statement).map { .status($0) } }
        guard let name = statement.value(.header)?.nameText, let value = statement.value(.headerValue)?.string() else {
            return nil
        }
        return .header(TestCase.HeaderField(name: name, value: value))
    }

    private func reportVersion(_ value: Value) -> TestCase.Expectation.Claim? {
        names.findings.report(
            Diagnostic(
                .malformedValue, "`\(value.text)` is not a version",
                at: files.label(value.range, in: file, "expected a version such as `v2` or `2026-03-01`")))
        return nil
    }
}
