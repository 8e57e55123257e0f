// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Turns drafts into typed policies for one environment: blanks filled from defaults, constants read, bounds checked.
///
/// A class, because it keeps the shared steps and defaults that it has lowered.
final class PolicyLowering {
    struct Lowered {
        let policy: PolicyStep
        let mode: StepMode
        let adoptsShadow: Bool
        let origins: [SettingOrigin]
        /// Keeps the draft alive, whose identity finds this again for every policy that inherits it.
        let draft: StepDraft
    }

    private struct SharedKey: Hashable {
        let kind: StepKind
        let name: QualifiedName
    }

    private struct DefaultsKey: Hashable {
        let kind: StepKind
        let package: Int
    }

    let names: NameResolver
    let constants: ConstantResolver
    private var shared: [SharedKey: Lowered?] = [:]
    private var defaults: [DefaultsKey: [WrittenSetting]] = [:]
    /// Steps of policies that others extend.
    private var inherited: [ObjectIdentifier: Lowered] = [:]

    init(_ names: NameResolver, environment: String?) {
        self.names = names
        constants = ConstantResolver(names: names, environment: environment)
    }

    /// The policy with all its steps; nil when something is wrong with it, which has been reported.
    /// - Parameter isExtended: whether other policies extend this one, and will bring the same steps again.
    func lower(
        _ name: QualifiedName, _ declared: Declared, _ drafts: [StepDraft], isExtended: Bool
    ) -> ResolvedPolicy? {
        let files = names.workspace.files
        PipelineChecks(names: names).check(drafts)
        var steps: [PipelineStep] = []
        steps.reserveCapacity(drafts.count)
        var isSound = true
        for draft in drafts {
            guard let lowered = lower(draft) else {
                isSound = false
                continue
            }
            if isExtended { inherited[ObjectIdentifier(draft)] = lowered }
            steps.append(
                PipelineStep(
                    lowered.policy, shared: draft.shared, mode: lowered.mode, adoptsShadow: lowered.adoptsShadow,
                    place: files.place(draft.statement.keywordRange, in: draft.file),
                    origins: lowered.origins))
        }
        guard isSound else { return nil }
        PipelineChecks(names: names).checkEnds(zip(drafts, steps))
        do throws(InvalidValue) {
            return try ResolvedPolicy(
                name: name, steps: steps, place: files.place(declared.nameRange, in: declared.file))
        } catch {
            names.findings.report(
                Diagnostic(
                    .limitExceeded, "`\(name.name)` has \(steps.count) steps",
                    at: files.label(declared.nameRange, in: declared.file, "must have \(error.rule)")))
            return nil
        }
    }

    /// The shared step of a declaration; also checks those that no policy refers to.
    func lowerShared(_ kind: StepKind, _ name: QualifiedName, _ declared: Declared) -> Lowered? {
        let key = SharedKey(kind: kind, name: name)
        if let known = shared[key] { return known }
        let collector = SettingCollector(names: names)
        var draft = StepDraft(
            kind: kind, home: declared.file, statement: declared.statement, file: declared.file,
            settings: collector.settings(of: declared.statement, kind, in: declared.file, layer: .shared(name)),
            isDamaged: declared.statement.isDamaged)
        if let environment = constants.environment, !declared.isDuplicated,
            let overlay = names.workspace.packages[declared.package].environments[environment]?.shared[kind]?[name.name]
        {
            let settings = collector.settings(
                of: overlay.statement, kind, in: overlay.file, layer: .environment(environment))
            draft = draft.overridden(
                by: StepDraft(
                    kind: kind, home: overlay.file, statement: overlay.statement, file: overlay.file,
                    settings: settings, isDamaged: overlay.statement.isDamaged))
        }
        let lowered = lower(draft)
        shared[key] = .some(lowered)
        return lowered
    }

    private func lower(_ draft: StepDraft) -> Lowered? {
        guard !draft.isDamaged else { return nil }
        if let known = inherited[ObjectIdentifier(draft)] { return known }
        if let name = draft.shared {
            guard let package = names.workspace.packageNumbers[name.package],
                let declared = names.workspace.packages[package].shared[draft.kind]?[name.name]
            else { return nil }
            return lowerShared(draft.kind, name, declared)
        }
        var settings = StepSettings(
            kind: draft.kind, statement: draft.statement, file: draft.file, own: draft.settings,
            defaults: defaults(draft.kind, names.workspace.scopes[draft.home].package), constants: constants)
        let policy: PolicyStep? =
            switch draft.kind {
            case .fallback: settings.fallback(names).map { .fallback($0) }
            case .deadline: settings.deadline().map { .deadline($0) }
            case .limit: settings.limit().map { .limit($0) }
            case .retry: settings.retry().map { .retry($0) }
            case .hedge: settings.hedge().map { .hedge($0) }
            case .breaker: settings.breaker().map { .breaker($0) }
            case .bulkhead: settings.bulkhead().map { .bulkhead($0) }
            case .timeout: settings.timeout().map { .timeout($0) }
            case .cache: settings.cache().map { .cache($0) }
            case .coalesce: settings.coalesce().map { .coalesce($0) }
            case .throttle: settings.throttle().map { .throttle($0) }
            case .chaos: settings.chaos().map { .chaos($0) }
            }
        let mode = settings.mode()
        return policy.map {
            // Copied, because the list was made with room for more.
            Lowered(
                policy: $0, mode: mode.mode, adoptsShadow: mode.adoptsShadow, origins: settings.origins.map(\.self),
                draft: draft)
        }
    }

    private func defaults(_ kind: StepKind, _ package: Int) -> [WrittenSetting] {
        let key = DefaultsKey(kind: kind, package: package)
        if let known = defaults[key] { return known }
        let table = names.workspace.packages[package]
        var found: [WrittenSetting] = []
        if let declared = table.defaults[kind] {
            found = SettingCollector(names: names)
                .settings(of: declared.statement, kind, in: declared.file, layer: .defaults(package: table.path))
        }
        defaults[key] = found
        return found
    }
}
