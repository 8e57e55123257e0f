// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirPolicy

/// How moments are given on the command line.
enum Moment {
    static func read(_ text: String) throws -> Instant {
        guard let instant = Instant(text) else {
            throw ValidationError("`\(text)` is no date; write `2026-10-01` or `2026-10-01T09:00:00Z`")
        }
        return instant
    }
}
