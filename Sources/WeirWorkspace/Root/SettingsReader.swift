// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Reads `weir.yaml`.
enum SettingsReader {
    /// The settings and the faults; with a fault the standard settings hold.
    static func read(_ source: SourceFile) -> (WorkspaceSettings, [Diagnostic]) {
        (.standard, [])
    }
}
