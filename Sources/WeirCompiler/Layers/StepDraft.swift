// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// A setting as a layer wrote it; a class, because every policy that inherits it holds the same one.
final class WrittenSetting {
    let key: SettingKey
    let statement: Statement
    /// Further statements of a setting that repeats, such as `trip` or `fail`.
    let more: [Statement]
    let file: Int
    /// The setting in words, its layer and its place; then the places of the further statements.
    let origins: [SettingOrigin]

    init(key: SettingKey, statement: Statement, more: [Statement], file: Int, origins: [SettingOrigin]) {
        self.key = key
        self.statement = statement
        self.more = more
        self.file = file
        self.origins = origins
    }
}

/// A step of a pipeline while its layers are put together; a policy that inherits it unchanged holds the same one.
final class StepDraft {
    let kind: StepKind
    /// The shared step that it refers to; nil: its settings are its own.
    let shared: QualifiedName?
    /// The file in which the step was first written; its package's defaults fill what is left open.
    let home: Int
    /// The statement that stands for the step: where it was written last.
    let statement: Statement
    let file: Int
    /// The settings so far, later layers over earlier ones; empty for a reference.
    let settings: [WrittenSetting]
    /// Whether something is wrong with it that has been reported.
    let isDamaged: Bool

    init(
        kind: StepKind, shared: QualifiedName? = nil, home: Int, statement: Statement, file: Int,
        settings: [WrittenSetting] = [], isDamaged: Bool
    ) {
        self.kind = kind
        self.shared = shared
        self.home = home
        self.statement = statement
        self.file = file
        self.settings = settings
        self.isDamaged = isDamaged
    }

    /// This step with another layer over it, setting by setting.
    func overridden(by newer: StepDraft) -> StepDraft {
        var settings = settings
        for setting in newer.settings {
            if let position = settings.firstIndex(where: { $0.key == setting.key }) {
                settings[position] = setting
            } else {
                settings.append(setting)
            }
        }
        return StepDraft(
            kind: kind, shared: shared, home: home, statement: newer.statement, file: newer.file, settings: settings,
            isDamaged: isDamaged || newer.isDamaged)
    }

    /// The step's words: `breaker card-gateway`.
    var words: String { shared.map { "\(kind.rawValue) \($0.name)" } ?? kind.rawValue }
}

/// Reads the settings that one statement gives a step.
struct SettingCollector {
    let names: NameResolver

    /// The settings in a step's head and block; what is given twice in different words is reported.
    func settings(of step: Statement, _ kind: StepKind, in file: Int, layer: Layer) -> [WrittenSetting] {
        var found: [(key: SettingKey, statement: Statement, more: [Statement])] = []
        if step.setsHead(of: kind) { found.append((.head, step, [])) }
        for statement in step.statements where !statement.isDamaged {
            guard let key = SettingKey(statement.form) else { continue }
            if let position = found.firstIndex(where: { $0.key == key }) {
                if key.isRepeated {
                    found[position].more.append(statement)
                } else {
                    reportConflict(found[position].statement, statement, file)
                }
            } else {
                found.append((key, statement, []))
            }
        }
        return found.map { key, statement, more in
            let words = key.words(of: kind)
            let origins = ([statement] + more).map { statement in
                let place = names.workspace.files.place(statement.keywordRange, in: file)
                return SettingOrigin(setting: words, layer: layer, place: place)
            }
            return WrittenSetting(key: key, statement: statement, more: more, file: file, origins: origins)
        }
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
    func setsHead(of kind: StepKind) -> Bool {
        switch kind {
        case .deadline: value(.total) != nil
        case .timeout: value(.after) != nil
        case .hedge: value(.after) != nil || value(.answered) != nil
        case .cache: value(.for) != nil
        case .throttle: value(.succeeding) != nil
        case .limit: value(.rate) != nil
        case .retry: value(.attempts) != nil || value(.unlimited) != nil
        case .breaker, .coalesce, .chaos: false
        case .bulkhead: value(.calls) != nil
        case .fallback: !allValues.isEmpty
        }
    }
}
