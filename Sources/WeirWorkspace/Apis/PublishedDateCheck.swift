// SPDX-License-Identifier: Apache-2.0

import Glibc
public import WeirCompiler
import WeirPolicy
public import WeirSyntax

/// Compares the dates of APIs with those that have been published: none may move to an earlier moment.
public enum PublishedDateCheck {
    /// The most bytes of a file of published dates.
    public static let mostBytes = 1 << 20

    /// What is wrong, in no order; reads the files that APIs name, so call it from a thread that may wait.
    public static func findings(_ snapshot: WorkspaceSnapshot, _ compilation: Compilation) -> [Diagnostic] {
        guard let graph = compilation.graph() else { return [] }
        return graph.apis.filter { $0.promises.registry != nil }.flatMap { api -> [Diagnostic] in
            guard let statement = statement(of: api, snapshot, compilation) else { return [] }
            switch read(api.promises.registry ?? "", below: snapshot.root.path) {
            case .success(let published): return check(api, published, statement)
            case .failure(let problem): return [unreadable(problem, statement)]
            }
        }
    }

    /// Reads a file of published dates; no file is one without dates.
    public static func read(_ path: String, below root: String) -> Result<PublishedDates, Problem> {
        switch SteadyRead(path.hasPrefix("/") ? path : root + "/" + path, limit: mostBytes) {
        case .unreadable(let error) where error.number == ENOENT: return .success(PublishedDates())
        case .bytes(let bytes, _):
            guard let json = try? JSON(parsing: bytes), let dates = PublishedDates(json) else {
                return .failure(Problem(path: path, reason: "it does not hold published dates"))
            }
            return .success(dates)
        case let failed:
            return .failure(Problem(path: path, reason: "\(failed.problem(path: path).diagnostic.message)"))
        }
    }

    /// Why a file cannot be used.
    public struct Problem: Error, Sendable, Hashable {
        /// The file as the policy names it.
        public let path: String
        /// A clause.
        public let reason: String
    }

    /// An API as it is written.
    private struct Written {
        let file: String
        let api: Statement

        func version(_ version: ApiVersion) -> Statement? {
            api.statements.first { $0.form == .version && $0.value(.name)?.version() == version }
        }

        func label(_ range: SourceRange, _ text: String) -> Diagnostic.Label {
            Diagnostic.Label(file: file, range: range, text: text)
        }
    }

    private static func statement(
        of api: ApiNode, _ snapshot: WorkspaceSnapshot, _ compilation: Compilation
    ) -> Written? {
        let declared = compilation.declarations.first { $0.kind == .api && $0.name == api.name }
        guard let declared, let file = snapshot.files.first(where: { $0.path == declared.place.file }) else {
            return nil
        }
        let simple = api.name.name
        let found = SyntaxTree.parse(file).statements.first { $0.form == .api && $0.value(.name)?.text == simple }
        return found.map { Written(file: file.path, api: $0) }
    }

    /// A date as it is written now, with its place, beside what was published.
    private struct Promise {
        let what: String
        let now: Instant
        let before: Instant?
        let range: SourceRange
    }

    private static func check(_ api: ApiNode, _ published: PublishedDates, _ written: Written) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for version in api.versions {
            guard let statement = written.version(version.version) else { continue }
            let known = published.version(version.version, of: api.name)
            for promise in promises(version, statement, known) {
                if let before = promise.before, promise.now < before {
                    if version.emergency == nil { findings.append(moved(promise, before, written)) }
                } else if promise.before != promise.now {
                    findings.append(unpublished(promise, written))
                }
            }
            if let known, version.emergency == nil { findings += dropped(from: version, known, statement, written) }
        }
        for (version, known) in (published.apis["\(api.name)"] ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard api.version(version) == nil, let sunset = known.dates.sunset else { continue }
            findings.append(gone("`\(version)`", sunset, written.api.headRange, "has no such version", written))
        }
        return findings
    }

    /// Every date of a version that clients rely on.
    private static func promises(
        _ version: ApiVersionNode, _ statement: Statement, _ known: PublishedDates.Version?
    ) -> [Promise] {
        func own(_ statement: Statement?, _ form: Form, _ slot: Slot) -> SourceRange? {
            statement?.statements.first { $0.form == form }?.value(slot)?.range
        }
        var promises: [Promise] = []
        func add(_ what: String, _ now: Instant?, _ before: Instant?, _ range: SourceRange?) {
            guard let now, let range else { return }
            promises.append(Promise(what: what, now: now, before: before, range: range))
        }
        let name = "`\(version.version)`"
        let (dates, before) = (version.dates, known?.dates)
        add("a date of \(name)", dates.deprecated, before?.deprecated, own(statement, .deprecated, .deprecated))
        add("a date of \(name)", dates.sunset, before?.sunset, own(statement, .sunset, .sunset))
        for route in version.routes {
            let key = "\(route.method) \(route.path)"
            let (what, before) = ("a date of `\(key)` of \(name)", known?.routes[key])
            let written = statement.statements.first { $0.form == .apiRoute && $0.routeKey == key }
            // The dates of an inherited route are those of the version that declares it, and checked there.
            add(what, route.deprecated, before?.deprecated, own(written, .deprecated, .deprecated))
            add(what, route.sunset, before?.sunset, own(written, .sunset, .sunset))
        }
        for grace in version.grace {
            let written = statement.statements.first { $0.form == .grace && $0.consumer == grace.consumer }
            add(
                "the grace of `\(grace.consumer)` in \(name)", grace.until, known?.graces[grace.consumer],
                written?.value(.until)?.range)
        }
        return promises
    }

    /// What was published of a version and is not there any more.
    private static func dropped(
        from version: ApiVersionNode, _ known: PublishedDates.Version, _ statement: Statement, _ written: Written
    ) -> [Diagnostic] {
        let range = statement.value(.name)?.range ?? statement.headRange
        let routes = known.routes.sorted { $0.key < $1.key }.compactMap { key, dates -> Diagnostic? in
            guard let sunset = dates.sunset, !version.routes.contains(where: { "\($0.method) \($0.path)" == key })
            else {
                return nil
            }
            return gone("`\(key)` of `\(version.version)`", sunset, range, "has no such route", written)
        }
        let graces = known.graces.sorted { $0.key < $1.key }.compactMap { consumer, until -> Diagnostic? in
            guard !version.grace.contains(where: { $0.consumer == consumer }) else { return nil }
            let what = "the grace of `\(consumer)` in `\(version.version)`"
            return gone(what, until, range, "has no such grace", written)
        }
        return routes + graces
    }

    private static func moved(_ promise: Promise, _ before: Instant, _ written: Written) -> Diagnostic {
        Diagnostic(
            .publishedDateMoved,
            "\(promise.what) moves from \(before) to \(promise.now), and it was published",
            at: written.label(promise.range, "earlier than clients were told"),
            notes: ["a later date is no breach"],
            helps: [
                Diagnostic.Help(
                    "keep the published date, or say why not: `emergency \"…\"`",
                    edits: [Diagnostic.Edit(file: written.file, range: promise.range, replacement: "\(before)")],
                    applicability: .unsafe)
            ])
    }

    private static func unpublished(_ promise: Promise, _ written: Written) -> Diagnostic {
        Diagnostic(
            .unpublishedDate, "\(promise.what) is not among those that were published",
            at: written.label(promise.range, "not published"),
            helps: [Diagnostic.Help("`weir api publish` writes it down; commit the file with the policy")])
    }

    private static func gone(
        _ what: String, _ end: Instant, _ range: SourceRange, _ label: String, _ written: Written
    ) -> Diagnostic {
        Diagnostic(
            .publishedDateMoved, "\(what) was published until \(end), and is not declared any more",
            at: written.label(range, label),
            helps: [Diagnostic.Help("declare it with its dates; take it out of the file once its end has passed")])
    }

    private static func unreadable(_ problem: Problem, _ written: Written) -> Diagnostic {
        let range = written.api.statements.first { $0.form == .neverShorten }?.value(.neverShorten)?.range
        return Diagnostic(
            .unreadablePublishedDates, "`\(problem.path)` cannot be used: \(problem.reason)",
            at: written.label(range ?? written.api.headRange, "named here"),
            helps: [Diagnostic.Help("restore the file; `weir api publish` writes a new one where there is none")])
    }
}

extension Statement {
    /// Method and path of a route.
    fileprivate var routeKey: String? {
        guard let method = value(.method)?.text, let path = value(.route)?.string() else { return nil }
        return "\(method) \(path)"
    }

    /// The consumer of a grace: a text in the language, a key in YAML.
    fileprivate var consumer: String? { value(.name).map { $0.string() ?? $0.text } }
}
