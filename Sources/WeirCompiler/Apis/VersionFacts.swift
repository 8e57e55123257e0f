// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The settings of one version as written.
struct VersionFacts {
    /// Another version that it names, and where.
    struct Reference {
        let version: ApiVersion
        let range: SourceRange
    }

    private(set) var extends: Reference?
    private(set) var dates = ApiVersionNode.Dates()
    private(set) var stability = ApiVersionNode.Stability.stable
    private(set) var successor: Reference?
    private(set) var guide: String?
    private(set) var reason: String?
    private(set) var brownouts: [ApiVersionNode.Brownout] = []
    private(set) var grace: [ApiVersionNode.Grace] = []
    private(set) var afterSunset: Int?
    private(set) var emergency: String?
    private(set) var routes: [ApiRouteNode] = []
    private(set) var removed: [RouteKey: SourceRange] = [:]
    /// Where each date stands.
    private(set) var dateRanges: [Form: SourceRange] = [:]
    /// The statements of routes, for checks of their dates.
    private(set) var routeStatements: [Statement] = []

    init(_ statement: Statement, _ table: VersionTable) {
        // Versions may be named before they are declared, so names are kept as they are and found later.
        if let value = statement.value(.extends) { extends = Self.reference(value) }
        for setting in statement.statements where !setting.isDamaged { read(setting, table) }
    }

    private mutating func read(_ statement: Statement, _ table: VersionTable) {
        switch statement.form {
        case .released: dates.released = date(statement, .released)
        case .announced: dates.announced = date(statement, .announced)
        case .deprecated: dates.deprecated = date(statement, .deprecated)
        case .sunset: dates.sunset = date(statement, .sunset)
        case .removed: dates.removed = date(statement, .removed)
        case .stability:
            stability = statement.value(.stability).flatMap { ApiVersionNode.Stability(rawValue: $0.text) } ?? .stable
        case .successor: successor = statement.value(.successor).flatMap(Self.reference)
        case .guide: guide = statement.value(.guide)?.string()
        case .lifecycleReason: reason = statement.value(.reason)?.string()
        case .brownout: if let brownout = Self.brownout(statement, table.reader) { brownouts.append(brownout) }
        case .grace:
            guard let consumer = statement.value(.name)?.nameText, let until = statement.value(.until)?.instant() else {
                return
            }
            grace.append(ApiVersionNode.Grace(consumer: consumer, until: until))
        case .afterSunset: afterSunset = table.reader.count(statement.value(.afterSunsetReplies), in: statement)
        case .emergency: emergency = statement.value(.emergency)?.string()
        case .apiRoute: readRoute(statement, table)
        case .removeRoute:
            guard let key = Self.key(of: statement) else { return }
            removed[key] = statement.headRange
        default: break
        }
    }

    private mutating func date(_ statement: Statement, _ slot: Slot) -> Instant? {
        guard let value = statement.value(slot) else { return nil }
        dateRanges[statement.form] = value.range
        return value.instant()
    }

    private static func reference(_ value: Value) -> Reference? {
        value.version().map { Reference(version: $0, range: value.range) }
    }

    private static func brownout(_ statement: Statement, _ reader: ValueReader) -> ApiVersionNode.Brownout? {
        guard let start = statement.value(.at)?.instant(), let duration = reader.duration(statement.value(.for)) else {
            return nil
        }
        let status = statement.value(.status).flatMap { reader.count($0, in: statement) }
        return ApiVersionNode.Brownout(
            start: start, duration: duration, status: status ?? ApiVersionNode.defaultGoneStatus)
    }

    private static func key(of statement: Statement) -> RouteKey? {
        guard let method = statement.value(.method)?.text, let path = statement.value(.route)?.string() else {
            return nil
        }
        return RouteKey(method, path)
    }

    private mutating func readRoute(_ statement: Statement, _ table: VersionTable) {
        guard let key = Self.key(of: statement), let to = statement.value(.to) else { return }
        if let first = routeStatements.first(where: { Self.key(of: $0) == key }) {
            return table.names.findings.report(
                Diagnostic(
                    .duplicateName, "the route `\(key.method) \(key.path)` is declared twice",
                    at: table.label(statement.keywordRange.through(to.range), "declared again here"),
                    secondary: [table.label(first.headRange, "first declared here")],
                    helps: [Diagnostic.Help("delete one of them")]))
        }
        guard let operation = table.names.resolve(.operation, to, in: table.reader.file)?.name else { return }
        routeStatements.append(statement)
        let settings = statement.statements
        func value(_ form: Form, _ slot: Slot) -> Value? { settings.first { $0.form == form }?.value(slot) }
        routes.append(
            ApiRouteNode(
                method: key.method, path: key.path, operation: operation,
                deprecated: value(.deprecated, .deprecated)?.instant(), sunset: value(.sunset, .sunset)?.instant(),
                successor: value(.routeSuccessor, .successor)?.string(), guide: value(.guide, .guide)?.string(),
                reason: value(.lifecycleReason, .reason)?.string()))
    }
}
