// SPDX-License-Identifier: Apache-2.0

/// Prints figures in aligned rows, each with its bar, and remembers whether all bars were met.
struct Report {
    private(set) var missed = 0

    mutating func title(_ text: String) { print("\n\(text)") }

    /// A figure that must be at least or at most its bar.
    mutating func row(_ name: String, _ value: Double, _ unit: String, _ bar: Bar? = nil, note: String = "") {
        let verdict = bar.map { $0.holds(value) ? "ok  " : "MISS" } ?? "    "
        if let bar, !bar.holds(value) { missed += 1 }
        let figure = Self.rounded(value) + " " + unit
        let bound = bar.map { "  (bar: \($0.text) \(unit))" } ?? ""
        print(
            "  \(verdict) \(Self.padded(name, 52)) \(Self.padded(figure, 18))\(bound)\(note.isEmpty ? "" : "  \(note)")"
        )
    }

    enum Bar {
        case atLeast(Double)
        case atMost(Double)

        func holds(_ value: Double) -> Bool {
            switch self {
            case .atLeast(let bound): value >= bound
            case .atMost(let bound): value <= bound
            }
        }

        var text: String {
            switch self {
            case .atLeast(let bound): "at least \(Report.rounded(bound))"
            case .atMost(let bound): "at most \(Report.rounded(bound))"
            }
        }
    }

    static func rounded(_ value: Double) -> String {
        let scaled = value < 10 ? (value * 100).rounded() / 100 : (value * 10).rounded() / 10
        return "\(scaled)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}
