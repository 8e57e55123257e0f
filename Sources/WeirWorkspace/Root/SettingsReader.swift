// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Reads `weir.yaml`:
///
///     policies: policies        # the directory of the policy files
///     exclude: [lab/broken]     # what is no part of the workspace
///     watch:
///       debounce: 100ms         # how long the files must be at rest before a reload
///       poll: 10s               # how often to look in case the system did not tell of a change
enum SettingsReader {
    /// The keys and what they take.
    static let known: [String: SettingsDocument.Kind] = [
        "policies": .text, "exclude": .texts, "watch.debounce": .duration, "watch.poll": .duration,
    ]

    /// The settings and the faults; with a fault the standard settings hold.
    static func read(_ source: SourceFile) -> (WorkspaceSettings, [Diagnostic]) {
        let document = SettingsDocument(source, known: known)
        guard document.diagnostics.isEmpty else { return (.standard, document.diagnostics) }
        let standard = WorkspaceSettings.standard
        do throws(InvalidValue) {
            return (
                try WorkspaceSettings(
                    policies: document.text("policies") ?? standard.policies,
                    exclude: document.texts("exclude") ?? standard.exclude,
                    debounce: document.duration("watch.debounce") ?? standard.debounce,
                    poll: document.duration("watch.poll") ?? standard.poll), []
            )
        } catch {
            let key = ["debounce", "poll"].contains(error.setting) ? "watch.\(error.setting)" : error.setting
            let range = document.settings[key]?.range ?? SourceRange(start: 0, end: 0)
            let label = Diagnostic.Label(file: source.path, range: range)
            return (.standard, [Diagnostic(.outOfBounds, "\(error)", at: label)])
        }
    }
}

extension SettingsDocument {
    fileprivate func text(_ key: String) -> String? {
        if case .text(let text) = settings[key]?.content { text } else { nil }
    }

    fileprivate func texts(_ key: String) -> [String]? {
        if case .texts(let texts) = settings[key]?.content { texts } else { nil }
    }

    fileprivate func duration(_ key: String) -> Duration? {
        if case .duration(let duration) = settings[key]?.content { duration } else { nil }
    }
}
