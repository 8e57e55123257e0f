// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Outcomes as JUnit's XML, a test case a subject, the way `swift test` writes its own.
enum ResultFile {
    static func write(_ outcomes: [CrewOutcome], to path: String) throws {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
        let failures = outcomes.count { !$0.flaws.isEmpty }
        lines.append("<testsuite name=\"WeirMutants\" tests=\"\(outcomes.count)\" failures=\"\(failures)\">")
        for outcome in outcomes {
            let name = "\(outcome.count) mutants for the \(outcome.subject.rawValue)"
            lines.append("<testcase classname=\"WeirMutants\" name=\"\(name)\" time=\"\(outcome.seconds)\">")
            for flaw in outcome.flaws { lines.append("<failure message=\"mutant \(flaw.number)\"></failure>") }
            lines.append("</testcase>")
        }
        lines += ["</testsuite>", "</testsuites>", ""]
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    }
}
