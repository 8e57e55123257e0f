// SPDX-License-Identifier: Apache-2.0

/// How a verb ended; the same four numbers for every verb.
enum ExitStatus: Int32, Error {
    /// Nothing to complain about.
    case clean = 0
    /// Findings at or above the bar, failed tests, unformatted files.
    case findings = 1
    /// Wrong usage or configuration, no input matched, no test ran.
    case usage = 2
    /// A fault of ours, or of the machine: a file that cannot be read or written.
    case internalFault = 3
}
