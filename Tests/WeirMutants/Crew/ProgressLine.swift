// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One line on a terminal that is written over; nothing elsewhere.
struct ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ text: String) { write("\r\u{1B}[K" + text) }

    func clear() { write("\r\u{1B}[K") }

    private func write(_ text: String) {
        guard isTerminal else { return }
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))  // A closed terminal takes no progress.
    }
}
