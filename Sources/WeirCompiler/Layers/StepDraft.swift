// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// A setting as a layer wrote it.
struct WrittenSetting {
    let key: SettingKey
    let statement: Statement
    /// Further statements of a setting that repeats, such as `trip`.
    var more: [Statement] = []
    let file: Int
    let layer: Layer
}

/// A step of a pipeline while its layers are put together.
struct StepDraft {
    let kind: StepKind
    /// The shared step that it refers to; nil: its settings are its own.
    let shared: QualifiedName?
    /// The file in which the step was first written; its package's defaults fill what is left open.
    let home: Int
    /// The statement that stands for the step: where it was written last.
    var statement: Statement
    var file: Int
    /// The settings so far, later layers over earlier ones; empty for a reference.
    var settings: [WrittenSetting]
    /// Whether it comes from the policy that is extended, or from below an overlay.
    var isInherited = false
    /// Whether something is wrong with it that has been reported.
    var isDamaged: Bool

    /// Lays other settings over these, one by one.
    mutating func override(_ newer: [WrittenSetting]) {
        for setting in newer {
            if let position = settings.firstIndex(where: { $0.key == setting.key }) {
                settings[position] = setting
            } else {
                settings.append(setting)
            }
        }
    }

    /// The step's words: `breaker card-gateway`.
    var words: String { shared.map { "\(kind.rawValue) \($0.name)" } ?? kind.rawValue }
}

/// Reads the settings that one statement gives a step.
struct SettingCollector {
    let names: NameResolver

    /// The settings in a step's head and block; what is given twice in different words is reported.
    func settings(of step: Statement, in file: Int, layer: Layer) -> [WrittenSetting] {
        var found: [WrittenSetting] = []
        if step.setsHead { found.append(WrittenSetting(key: .head, statement: step, file: file, layer: layer)) }
        for statement in step.statements where !statement.isDamaged {
            guard let key = SettingKey(statement.form) else { continue }
            if let position = found.firstIndex(where: { $0.key == key }) {
                if key == .trip {
                    found[position].more.append(statement)
                } else {
                    reportConflict(found[position].statement, statement, file)
                }
            } else {
                found.append(WrittenSetting(key: key, statement: statement, file: file, layer: layer))
            }
        }
        return found
    }

    private func reportConflict(_ first: Statement, _ second: Statement, _ file: Int) {
        guard first.form != second.form else { return }  // The reader of the text has reported it.
        let files = names.workspace.files
        names.findings.report(
            Diagnostic(
                .repeatedSetting, "two statements give the same setting",
                at: files.label(second.keywordRange, in: file, "and here again, in other words"),
                secondary: [files.label(first.keywordRange, in: file, "it is given here")],
                helps: [Diagnostic.Help("keep one of them")]))
    }
}

extension Statement {
    /// Whether the head line holds a value other than a name or a reference.
    var setsHead: Bool { allValues.contains { $0.slot != .shared && $0.slot != .name } }
}
