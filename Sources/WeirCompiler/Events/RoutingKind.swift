// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The kinds of things that are declared about events; each has its own namespace in a package.
enum RoutingKind: Hashable, CaseIterable {
    case event, exchange, queue, subscription, bus, saga, audit, chaosProfile

    /// The kind that a statement declares.
    init?(_ form: Form) {
        switch form {
        case .event: self = .event
        case .exchange: self = .exchange
        case .queueDeclaration: self = .queue
        case .subscription: self = .subscription
        case .bus: self = .bus
        case .saga: self = .saga
        case .audit: self = .audit
        case .chaosProfile: self = .chaosProfile
        default: return nil
        }
    }

    /// What the tools call it.
    var declaration: Declaration.Kind {
        switch self {
        case .event: .event
        case .exchange: .exchange
        case .queue: .queue
        case .subscription: .subscription
        case .bus: .bus
        case .saga: .saga
        case .audit: .audit
        case .chaosProfile: .chaosProfile
        }
    }

    var words: String { declaration.rawValue }
}
