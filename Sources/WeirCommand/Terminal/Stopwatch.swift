// SPDX-License-Identifier: Apache-2.0

/// Wall time of a verb, for the summary on standard error; never part of a finding.
struct Stopwatch {
    private let start = ContinuousClock.now

    /// The time since it was made, as `38 ms` or `1.2 s`.
    var text: String {
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        guard milliseconds >= 1000 else { return "\(Int(milliseconds.rounded())) ms" }
        return "\((milliseconds / 100).rounded() / 10) s"
    }
}
