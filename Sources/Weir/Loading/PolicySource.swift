// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax
import WeirWorkspace

/// Where a service's policies come from.
protocol PolicySource: Sendable {
    /// Reads and compiles them; may wait for the disk, so it is called from a thread that may wait.
    func read() -> PolicyReading

    /// The workspace to watch for changes; nil when nothing ever changes.
    var watchedRoot: WorkspaceRoot? { get }
}

/// What was found at a source at one moment.
struct PolicyReading: Sendable {
    /// A hash of everything that was read, and of what could not be.
    let contentHash: String
    /// The graph, or why there is none.
    let result: Result<PolicyGraph, LoadError>
    /// Findings that refuse nothing.
    let warnings: [Diagnostic]

    init(contentHash: String, _ result: Result<PolicyGraph, LoadError>, warnings: [Diagnostic] = []) {
        self.contentHash = contentHash
        self.result = result
        self.warnings = warnings
    }
}
