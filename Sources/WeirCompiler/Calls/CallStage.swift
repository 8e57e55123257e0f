// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Resolves services and operations, their facts and their calls, for one environment.
struct CallStage {
    let names: NameResolver
    let environment: String?
    let constants: ConstantResolver

    init(_ names: NameResolver, environment: String?) {
        self.names = names
        self.environment = environment
        constants = ConstantResolver(names: names, environment: environment)
    }

    /// The services of all packages; environments do not change them.
    func services() -> [ServiceNode] {
        names.workspace.packages.flatMap { package in
            package.services.map { name, declared in
                var owner: String?
                var tier: String?
                for statement in declared.statement.statements {
                    if statement.form == .owner { owner = statement.value(.owner)?.string() }
                    if statement.form == .tier { tier = statement.value(.tier)?.text }
                }
                return ServiceNode(
                    name: package.name(name), isExternal: declared.statement.value(.external) != nil, owner: owner,
                    tier: tier)
            }
        }
    }

    /// All operations of a package with the facts that hold in this environment.
    func operations(overlays: [QualifiedName: Declared]) -> [OperationNode] {
        names.workspace.packages.flatMap { package in
            package.operations.map { name, declared in
                let name = package.name(name)
                return operation(name, [declared] + (overlays[name].map { [$0] } ?? []))
            }
        }
    }

    /// An operation from its layers, the later over the earlier; lists are replaced whole.
    func operation(_ name: QualifiedName, _ layers: [Declared]) -> OperationNode {
        var facts = OperationFacts()
        for layer in layers { facts.lay(layer, with: self) }
        return facts.node(name)
    }
}

/// The facts of an operation while its layers are put together.
private struct OperationFacts {
    var method: String?
    var route: String?
    var idempotency = OperationNode.Idempotency.undeclared
    var load: Rate?
    var typical: Duration?
    var p99: Duration?
    var answersWithin: Duration?
    var calls: [OperationNode.Call] = []
    var publishes: [OperationNode.Publication] = []
    var objectives: [ServiceObjective] = []

    mutating func lay(_ layer: Declared, with stage: CallStage) {
        let reader = ValueReader(constants: stage.constants, file: layer.file)
        var calls: [OperationNode.Call] = []
        var publishes: [OperationNode.Publication] = []
        var objectives: [ServiceObjective] = []
        var idempotent: Statement?
        for statement in layer.statement.statements where !statement.isDamaged {
            switch statement.form {
            case .route:
                method = statement.value(.method)?.text
                route = statement.value(.route)?.string()
            case .idempotent, .notIdempotent:
                if let first = idempotent, first.form != statement.form { report(first, statement, layer.file, stage) }
                idempotent = statement
                idempotency = Self.idempotency(statement)
            case .load: load = reader.rate(statement.value(.load))
            case .latency:
                typical = reader.duration(statement.value(.typical))
                p99 = reader.duration(statement.value(.p99))
            case .answersWithin: answersWithin = reader.duration(statement.value(.answersWithin))
            case .calls: if let call = Self.call(statement, reader, stage.names) { calls.append(call) }
            case .publishes:
                let publications = Publications(names: stage.names, file: layer.file)
                if let event = publications.resolve(statement.value(.event), to: statement.value(.to)) {
                    publishes.append(event)
                }
            case .objective:
                if let objective = Self.objective(statement, reader, stage) { objectives.append(objective) }
            default: break
            }
        }
        if !objectives.isEmpty { self.objectives = objectives }
        if !calls.isEmpty { self.calls = calls }
        if !publishes.isEmpty { self.publishes = publishes }
    }

    func node(_ name: QualifiedName) -> OperationNode {
        OperationNode(
            name: name, method: method, route: route, idempotency: idempotency, load: load, typicalLatency: typical,
            p99Latency: p99, answersWithin: answersWithin, calls: calls, publishes: publishes, objectives: objectives)
    }

    private static func idempotency(_ statement: Statement) -> OperationNode.Idempotency {
        guard statement.form == .idempotent else { return .notIdempotent }
        return statement.value(.by)?.scopeSource().map { .by($0) } ?? .idempotent
    }

    private static func call(
        _ statement: Statement, _ reader: ValueReader, _ names: NameResolver
    ) -> OperationNode.Call? {
        let policy = statement.value(.using).flatMap { names.resolve(.policy, $0, in: reader.file)?.name }
        guard let to = statement.value(.to), let callee = names.resolve(.operation, to, in: reader.file) else {
            return nil
        }
        let times = statement.value(.times).flatMap { reader.count($0, in: statement) } ?? 1
        return OperationNode.Call(callee: callee.name, times: times, policy: policy)
    }

    private static func objective(
        _ statement: Statement, _ reader: ValueReader, _ stage: CallStage
    ) -> ServiceObjective? {
        let (within, over) = (statement.value(.within), statement.value(.over))
        let limit = reader.duration(within)
        let period = over == nil ? ServiceObjective.defaultPeriod : reader.duration(over)
        guard let share = reader.ratio(statement.value(.share)), let period, within == nil || limit != nil else {
            return nil
        }
        do throws(InvalidValue) {
            return try ServiceObjective(share: share, within: limit, period: period)
        } catch {
            stage.names.findings.report(
                Diagnostic(
                    .outOfBounds, error.description,
                    at: stage.names.workspace.files.label(
                        statement.headRange, in: reader.file, "must be \(error.rule)")))
            return nil
        }
    }

    private func report(_ first: Statement, _ second: Statement, _ file: Int, _ stage: CallStage) {
        let files = stage.names.workspace.files
        stage.names.findings.report(
            Diagnostic(
                .repeatedSetting, "an operation is either idempotent or not",
                at: files.label(second.headRange, in: file, "and here the other"),
                secondary: [files.label(first.headRange, in: file, "here the one")],
                helps: [Diagnostic.Help("keep one of them")]))
    }
}
