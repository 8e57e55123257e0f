// SPDX-License-Identifier: Apache-2.0

@testable import WeirSyntax

/// A file whose places tests name by the text that stands there.
struct Sample {
    let file: SourceFile

    init(_ path: String, _ text: String) {
        file = SourceFile(path: path, form: .weir, text: text)
    }

    /// The range of a text, the first one from a line (counted from 1) on.
    func range(_ text: String, line: Int = 1) -> SourceRange {
        let start = SourceLines(file.bytes).range(ofLine: line).lowerBound
        let wanted = Array(text.utf8)
        let found = (start...max(start, file.bytes.count - wanted.count)).first {
            file.bytes[$0...].starts(with: wanted)
        }
        return SourceRange(start: found ?? 0, end: (found ?? 0) + wanted.count)
    }

    func label(_ text: String, line: Int = 1, _ words: String = "") -> Diagnostic.Label {
        Diagnostic.Label(file: file.path, range: range(text, line: line), text: words)
    }

    func edit(_ text: String, line: Int = 1, to replacement: String) -> Diagnostic.Edit {
        Diagnostic.Edit(file: file.path, range: range(text, line: line), replacement: replacement)
    }

    /// An edit that inserts right after a text.
    func insertion(after text: String, line: Int = 1, _ inserted: String) -> Diagnostic.Edit {
        let end = Int(range(text, line: line).end)
        return Diagnostic.Edit(file: file.path, range: SourceRange(start: end, end: end), replacement: inserted)
    }
}

extension Sample {
    /// Forty lines, so that line numbers have two digits, with a policy in the last ones.
    static let checkout = Sample(
        "checkout.weir",
        String(repeating: "\n", count: 37) + """
            policy card-payments {
              deadline 2s
              retry up to 4 attempts {
                wait 100ms growing 2x up to 1s with full jitter
              }
              timeout 800ms
            }

            """)
    static let events = Sample(
        "events.weir",
        String(repeating: "\n", count: 22) + """
            queue billing-retry {
              dead letter to billing-orders
            }




            queue billing-orders {
              kind quorum
              dead letter to billing-retry
            }

            """)
    static let reports = Sample(
        "reports.weir",
        String(repeating: "\n", count: 10) + """
            policy report-reads {
              breaker {
              }
            }

            """)
    static let platform = Sample(
        "platform/platform.weir",
        """
        defaults {
          breaker {
            over 30s with at least 20 calls
          }
        }

        """)
    static let bare = Sample(
        "bare.weir",
        String(repeating: "\n", count: 37) + """
            policy card-payments {
              deadline 2
            }

            """)
    static let all = [checkout, bare, events, reports, platform]

    static let renderer = DiagnosticRenderer { path in all.first { $0.file.path == path }?.file }
}

extension Diagnostic {
    private static let budget = DiagnosticID(
        "timing/budget-overrun", "T001", summary: "More time is needed than there is.")

    /// The examples of the style guide for messages.
    static let overrun = Diagnostic(
        budget, "4 attempts need up to 3.9s, but the deadline is 2s",
        at: Sample.checkout.label("4 attempts", "four calls in total, the first included"),
        secondary: [
            Sample.checkout.label("2s", "the caller stops waiting here"),
            Sample.checkout.label("100ms growing 2x up to 1s", "up to 100ms + 200ms + 400ms between them"),
            Sample.checkout.label("800ms", "4 × 800ms = 3.2s"),
        ],
        notes: [
            "timeline: 0ms ▇▇▇▇▇▇▇▇ 800 · 900 ▇▇▇▇▇▇▇▇ 1700 · 1900 ▇ 2000 cut │ attempt 4 never starts",
            "worst case 3.2s + 700ms = 3.9s, 1.9s over",
        ],
        helps: [
            Help(
                "allow the two attempts that fit (800ms + 100ms + 800ms = 1.7s)",
                edits: [Sample.checkout.edit("4", to: "2")], applicability: .unsafe)
        ])
    static let bareNumberSample = Diagnostic(
        .bareNumber, "`deadline` needs a duration, and `2` has no unit",
        at: Sample.bare.label("2", "expected a duration such as `2s` or `250ms`, or a `$constant`"),
        helps: [
            Help("did you mean seconds?", edits: [Sample.bare.edit("2", to: "2s")], applicability: .safe)
        ])
    static let loop = Diagnostic(
        DiagnosticID("events/dead-letter-loop", "E005", summary: "Dead letters that go round."),
        "`billing-orders` and `billing-retry` dead-letter into each other",
        at: Sample.events.label("dead letter to billing-retry", "1. `billing-orders` sends it on"),
        secondary: [Sample.events.label("dead letter to billing-orders", "2. `billing-retry` sends it back")],
        notes: [
            "cycle: billing-orders → billing-retry → billing-orders",
            "a rejected message circles for ever; one that only expires is dropped by the broker, unseen",
        ],
        helps: [
            Help(
                "end the cycle at a queue someone reads",
                edits: [Sample.events.edit("billing-retry", line: 29, to: "billing-dead")])
        ])
    static let neverTrips = Diagnostic(
        DiagnosticID("breaker/minimum-above-load", "B002", .warning, summary: "Too few calls to judge."),
        "the breaker of `report-reads` will not trip: 2.5 calls arrive in its window, it waits for 20",
        at: Sample.reports.label("breaker", "judges 30s and waits for 20 calls"),
        secondary: [
            Sample.platform.label("at least 20 calls", "the minimum, inherited from `defaults`")
        ],
        notes: ["confidence: likely (uses the declared load)", "path: storefront.buy\n  └─ reports.read"],
        helps: [
            Help(
                "judge a longer time in this policy",
                edits: [
                    Sample.reports.insertion(after: "breaker {", "\n    over 10m with at least 20 calls")
                ]),
            Help("or take the breaker out"),
        ])
}
