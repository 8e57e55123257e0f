// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The module that does what an enforced statement says.
struct Enforcer {
    private let row: StatementRow

    init(_ row: StatementRow) { self.row = row }

    /// Who enforces it, for a reference page.
    var sentence: String {
        switch row.block?.kind ?? row.places.first {
        case .test: "`WeirSimulation` does it, when `weir test` runs the tests in virtual time."
        case .service, .operation:
            "It is a fact. `WeirCompiler` puts it into the graph; checks, tests and the steps of policies reckon with it."
        case .environment, .defaults, .policy, .inserted:
            isStep
                ? Self.runtime
                : "`WeirCompiler` does it, when files are checked, tested or loaded."
        case .file: isShared ? Self.runtime : "`WeirCompiler` does it, when files are checked, tested or loaded."
        case .event, .exchange, .queue, .subscription, .redeliver, .bus, .publish, .saga, .sagaStep, .audit,
            .chaosProfile:
            "`WeirEvents` does it."
        case .api, .version, .apiRoute: "`WeirLifecycle` does it."
        default: Self.runtime
        }
    }

    private static let runtime =
        "`WeirResilience` does it in every call of a service that has loaded the file with `Weir`."

    private var isStep: Bool {
        if case .step(let key) = row.yaml.placement { return !["remove", "before", "after"].contains(key) }
        return false
    }

    private var isShared: Bool {
        if case .named(let path, _) = row.yaml.placement { return path.hasPrefix("shared.") }
        return false
    }
}
