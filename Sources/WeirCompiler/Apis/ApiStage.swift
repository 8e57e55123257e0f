// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Resolves APIs: their versions, routes and dates; environments do not change them.
struct ApiStage {
    let names: NameResolver
    let constants: ConstantResolver

    init(_ names: NameResolver) {
        self.names = names
        constants = ConstantResolver(names: names, environment: nil)
    }

    /// The APIs of all packages; one that is damaged keeps what can be read of it.
    func run() -> [ApiNode] {
        names.workspace.packages.flatMap { package in
            package.apis.sorted { $0.key < $1.key }.map { name, declared in api(package.name(name), declared) }
        }
    }

    private func api(_ name: QualifiedName, _ declared: Declared) -> ApiNode {
        let reader = ValueReader(constants: constants, file: declared.file)
        var facts = ApiFacts()
        for statement in declared.statement.statements where !statement.isDamaged {
            facts.read(statement, reader, names)
        }
        let table = VersionTable(declared, reader: reader, names: names)
        let versions = table.nodes()
        facts.resolveVersions(in: table)
        ApiChecks(names: names, table: table, promises: facts.promises, default: facts.unversioned).check()
        return ApiNode(
            name: name, service: facts.service, base: facts.base, promises: facts.promises.values,
            negotiation: facts.negotiation, neutral: facts.neutral, alwaysAvailable: facts.alwaysAvailable,
            usage: facts.usage, versions: versions)
    }
}

/// The settings of an API while they are read.
struct ApiFacts {
    var service: QualifiedName?
    var base: String?
    var promises = WrittenPromises()
    var negotiation = ApiNode.Negotiation()
    var neutral: [String] = []
    var alwaysAvailable: [String] = []
    /// The statement that names a default version.
    private(set) var unversioned: Statement?
    private var pins: [Statement] = []
    private var consumers: [ConsumerSource] = []
    private var alertWithin: Period?

    /// How usage is counted.
    var usage: ApiNode.Usage? {
        consumers.isEmpty ? nil : ApiNode.Usage(consumers: consumers, alertWithin: alertWithin)
    }

    mutating func read(_ statement: Statement, _ reader: ValueReader, _ names: NameResolver) {
        func status(_ slot: Slot) -> Int? { reader.count(statement.value(slot), in: statement) }
        switch statement.form {
        case .servedBy:
            service = statement.value(.servedBy).flatMap { names.resolve(.service, $0, in: reader.file)?.name }
        case .apiBase: base = statement.value(.base)?.string()
        case .supportAfterDeprecation, .supportAfterSuccessor, .announceAhead, .neverShorten:
            promises.read(statement, reader)
        case .chooseVersion:
            negotiation.readers = statement.values(.chooseVersionBy).compactMap { $0.versionReader() }
        case .disagreement:
            negotiation.disagreement =
                statement.value(.versionsThatDisagree).flatMap { ApiNode.Disagreement(rawValue: $0.text) } ?? .refused
        case .withoutVersion: unversioned = statement
        case .pin: pins.append(statement)
        case .unknownVersion: negotiation.statuses[.unknown] = status(.unknownVersionReplies)
        case .malformedVersion: negotiation.statuses[.malformed] = status(.malformedVersionReplies)
        case .ambiguousVersion: negotiation.statuses[.ambiguous] = status(.ambiguousVersionReplies)
        case .unspecifiedVersion: negotiation.statuses[.unspecified] = status(.unspecifiedVersionReplies)
        case .unacceptableVersion: negotiation.statuses[.unacceptable] = status(.unacceptableVersionReplies)
        case .unknownBodyVersion: negotiation.statuses[.unknownBody] = status(.unknownBodyVersionReplies)
        case .nearestEarlier: negotiation.takesNearestEarlier = true
        case .neutral: neutral = statement.values(.neutral).compactMap { $0.string() }
        case .alwaysAvailable: alwaysAvailable = statement.values(.alwaysAvailable).compactMap { $0.string() }
        case .countUsage: consumers = statement.values(.countUsageBy).compactMap { $0.consumerSource() }
        case .usageAlert: alertWithin = reader.period(statement.value(.alertWithin))
        default: break
        }
    }

    /// Finds the versions that defaults and pins name.
    mutating func resolveVersions(in table: VersionTable) {
        if let value = unversioned?.value(.withoutVersion) {
            let word = ApiNode.Unversioned(text: value.text)
            if case .version? = word {
                negotiation.unversioned = table.resolve(value).map { .version($0) } ?? .none
            } else if let word {
                negotiation.unversioned = word
            } else {
                _ = table.resolve(value)
            }
        }
        for pin in pins {
            guard let consumer = pin.value(.name)?.nameText, let value = pin.value(.version),
                let version = table.resolve(value)
            else { continue }
            negotiation.pins[consumer] = version
        }
    }
}

/// What an API promises of its dates, with the statements that say so.
struct WrittenPromises {
    private(set) var values = ApiNode.Promises()
    private(set) var statements: [Form: Statement] = [:]

    mutating func read(_ statement: Statement, _ reader: ValueReader) {
        statements[statement.form] = statement
        switch statement.form {
        case .supportAfterDeprecation:
            values.afterDeprecation = reader.period(statement.value(.supportAfterDeprecation))
        case .supportAfterSuccessor:
            values.afterSuccessor = reader.period(statement.value(.supportAfterSuccessor))
        case .announceAhead: values.announceAhead = reader.period(statement.value(.announceAhead))
        default: values.registry = statement.value(.neverShorten)?.string()
        }
    }
}

extension Value {
    /// The text of a name that is a text in the language and a key in YAML.
    var nameText: String? { string() ?? (isDamaged ? nil : text) }
}
