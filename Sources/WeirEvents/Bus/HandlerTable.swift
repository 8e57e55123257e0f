// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Handles one event of a subscription; what it throws decides by the policy's `redeliver` what becomes of the event.
public typealias EventHandler = @Sendable (_ event: Event, _ context: EventContext) async throws -> Void

/// Which code handles what, and whether that is what the policies say.
struct HandlerTable: Sendable {
    struct Registration: Sendable {
        let subscription: String
        let operation: String?
        let handler: EventHandler
        /// Where in the service's code.
        let place: String
    }

    private(set) var registrations: [Registration] = []

    mutating func add(_ registration: Registration) { registrations.append(registration) }

    /// The handlers by subscription and operation.
    /// - Throws: ``EventBusError`` with everything that is missing, and everything that nothing asks for.
    func resolve(
        _ topology: EventTopology, services: [String]?
    ) throws(EventBusError) -> [QualifiedName: [QualifiedName: EventHandler]] {
        var found: [QualifiedName: [QualifiedName: EventHandler]] = [:]
        var problems: [String] = []
        for registration in registrations {
            let matching = topology.subscriptions.filter { $0.name.answers(to: registration.subscription) }
            guard let node = matching.first, matching.count == 1 else {
                problems.append(Self.unknown(registration, matching, topology))
                continue
            }
            var operations = node.deliveries.map(\.operation)
            if let wanted = registration.operation {
                operations = operations.filter { $0.answers(to: wanted) }
                if operations.isEmpty {
                    problems.append(
                        "the subscription `\(node.name)` delivers nothing to `\(wanted)` (\(registration.place))")
                }
            }
            for operation in Set(operations).sorted() {
                if found[node.name]?[operation] != nil {
                    problems.append(
                        "`\(operation)` has two handlers at the subscription `\(node.name)` (\(registration.place))")
                }
                found[node.name, default: [:]][operation] = registration.handler
            }
        }
        problems += missing(found, topology, services)
        guard problems.isEmpty else { throw EventBusError(.handlers, problems) }
        return found
    }

    private static func unknown(
        _ registration: Registration, _ matching: [SubscriptionNode], _ topology: EventTopology
    ) -> String {
        let names = (matching.isEmpty ? topology.subscriptions : matching).map { "`\($0.name)`" }
        let known = names.isEmpty ? "the policies declare none" : names.joined(separator: ", ")
        let what = matching.isEmpty ? "no subscription is called" : "several subscriptions are called"
        return "\(what) `\(registration.subscription)` (\(registration.place)): \(known)"
    }

    private func missing(
        _ found: [QualifiedName: [QualifiedName: EventHandler]], _ topology: EventTopology, _ services: [String]?
    ) -> [String] {
        topology.subscriptions.flatMap { node -> [String] in
            let own = Set(node.deliveries.map(\.operation)).sorted().filter { operation in
                // Who handles one event of a queue has to handle all that come out of it.
                found[node.name] != nil || services.map { $0.contains { operation.service.answers(to: $0) } } ?? true
            }
            return own.filter { found[node.name]?[$0] == nil }.map {
                "the subscription `\(node.name)` delivers to `\($0)`, which has no handler"
            }
        }
    }
}

extension QualifiedName {
    /// The service of an operation's name.
    fileprivate var service: QualifiedName {
        QualifiedName(package: package, name: String(name.prefix { $0 != "." }))
    }
}
