// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The last stage: resolves and lowers everything for the base, and for each environment what it changes.
struct GraphStage {
    let names: NameResolver
    private let parents: ExtendsTable
    /// All policies, those that others extend first, so that what they pass on is lowered once.
    private let policies: [(name: QualifiedName, declared: Declared, isExtended: Bool)]

    init(_ names: NameResolver) {
        self.names = names
        let parents = ExtendsTable(names)
        self.parents = parents
        let all = names.workspace.packages.flatMap { package in
            package.policies.map { short, declared in
                let name = package.name(short)
                return (name: name, declared: declared, isExtended: parents.extended.contains(name))
            }
        }
        policies = all.filter(\.isExtended) + all.filter { !$0.isExtended }
    }

    func run() -> ResolvedGraphs {
        let calls = CallStage(names, environment: nil)
        let operations = calls.operations(overlays: [:])
        let policies = lowerBase()
        let topology = EventStage(names, environment: nil).run()
        var environments: [String: ResolvedGraphs.Difference] = [:]
        for environment in names.workspace.environments {
            let overlays = OverlayTable(environment, names)
            names.findings.environment = environment
            environments[environment] = difference(environment, overlays)
            names.findings.environment = nil
        }
        return ResolvedGraphs(
            services: calls.services(), operations: operations, policies: policies, topology: topology,
            apis: ApiStage(names).run(),
            renames: RenameStage(names: names).run(), inheritance: parents.extendedByName,
            environments: environments)
    }

    private func lowerBase() -> [ResolvedPolicy] {
        let resolver = PipelineResolver(names, parents: parents, environment: nil, overlays: [:])
        let lowering = PolicyLowering(names, environment: nil)
        lowerShared(lowering)
        var lowered: [ResolvedPolicy] = []
        for (name, declared, isExtended) in policies {
            guard let drafts = resolver.steps(of: name, declared),
                let policy = lowering.lower(name, declared, drafts, isExtended: isExtended)
            else { continue }
            lowered.append(policy)
        }
        return lowered
    }

    private func difference(_ environment: String, _ overlays: OverlayTable) -> ResolvedGraphs.Difference {
        var difference = ResolvedGraphs.Difference()
        let calls = CallStage(names, environment: environment)
        for (number, package) in names.workspace.packages.enumerated() {
            let hasConstants = overlays.packagesWithConstants.contains(number)
            for (short, declared) in package.operations {
                let name = package.name(short)
                guard hasConstants || overlays.operations[name] != nil else { continue }
                let layers = [declared] + (overlays.operations[name].map { [$0] } ?? [])
                difference.operations[name] = calls.operation(name, layers)
            }
        }
        if !overlays.packagesWithConstants.isEmpty {
            difference.topology = EventStage(names, environment: environment).run()
        }
        let resolver = PipelineResolver(
            names, parents: parents, environment: environment, overlays: overlays.policies)
        let lowering = PolicyLowering(names, environment: environment)
        lowerShared(lowering)
        for (name, declared, isExtended) in policies {
            guard isTouched(name, overlays), let drafts = resolver.steps(of: name, declared),
                isChanged(name, drafts, overlays),
                let policy = lowering.lower(name, declared, drafts, isExtended: isExtended)
            else { continue }
            difference.policies[name] = policy
        }
        return difference
    }

    /// Checks the shared steps and budgets that no policy refers to, too.
    private func lowerShared(_ lowering: PolicyLowering) {
        for package in names.workspace.packages {
            for (name, declared) in package.budgets {
                _ = BudgetReader((package.name(name), declared), constants: lowering.constants).read()
            }
            for (kind, table) in package.shared {
                for (name, declared) in table { _ = lowering.lowerShared(kind, package.name(name), declared) }
            }
        }
    }

    /// Whether an environment can change a policy at all: cheap, and never wrong when it says no.
    private func isTouched(_ name: QualifiedName, _ overlays: OverlayTable) -> Bool {
        !overlays.packagesWithConstants.isEmpty || !overlays.shared.isEmpty || overlays.changesBudgets
            || hasOverlay(name, overlays)
    }

    private func isChanged(_ name: QualifiedName, _ drafts: [StepDraft], _ overlays: OverlayTable) -> Bool {
        if hasOverlay(name, overlays) { return true }
        return drafts.contains { draft in
            if overlays.changesBudgets, draft.kind == .retry || draft.kind == .hedge { return true }
            if let shared = draft.shared, overlays.shared[draft.kind]?.contains(shared) ?? false { return true }
            let files = [draft.home] + draft.settings.map(\.file)
            return files.contains { overlays.packagesWithConstants.contains(names.workspace.scopes[$0].package) }
        }
    }

    /// Whether the policy or one that it extends has an overlay.
    private func hasOverlay(_ name: QualifiedName, _ overlays: OverlayTable) -> Bool {
        guard !overlays.policies.isEmpty else { return false }
        var current = name
        for _ in 0..<PipelineResolver.mostLevels {
            if overlays.policies[current] != nil { return true }
            guard case .policy(let parent, _) = parents.parent(of: current) else { return false }
            current = parent
        }
        return false
    }
}
