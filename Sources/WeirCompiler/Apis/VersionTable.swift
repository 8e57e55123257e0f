// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The versions of one API as written: found by name, with the routes they inherit.
final class VersionTable {
    /// A version as written.
    struct Entry {
        let version: ApiVersion
        let statement: Statement
        let facts: VersionFacts
    }

    let declared: Declared
    let reader: ValueReader
    let names: NameResolver
    private(set) var entries: [Entry] = []
    private var positions: [ApiVersion: Int] = [:]

    private var files: FileTable { names.workspace.files }

    init(_ declared: Declared, reader: ValueReader, names: NameResolver) {
        self.declared = declared
        self.reader = reader
        self.names = names
        for statement in declared.statement.statements where statement.form == .version { add(statement) }
    }

    private func add(_ statement: Statement) {
        guard let value = statement.value(.name), !value.isDamaged else { return }
        guard let version = version(of: value) else { return }
        if let first = positions[version] {
            return names.findings.report(
                Diagnostic(
                    .duplicateName, "version `\(value.text)` is declared twice",
                    at: label(value.range, "declared again here"),
                    secondary: [
                        label(entries[first].statement.value(.name)?.range ?? value.range, "first declared here")
                    ],
                    helps: [Diagnostic.Help("rename one of them, or delete it")]))
        }
        positions[version] = entries.count
        entries.append(Entry(version: version, statement: statement, facts: VersionFacts(statement, self)))
    }

    /// The version that a value spells; reports one that is none.
    private func version(of value: Value) -> ApiVersion? {
        if let version = value.version() { return version }
        names.findings.report(
            Diagnostic(
                .malformedValue, "`\(value.text)` is not a version",
                at: label(value.range, "expected a version such as `v2` or `2026-03-01`")))
        return nil
    }

    /// The version that a value names; reports one that the API does not declare.
    func resolve(_ value: Value) -> ApiVersion? {
        guard !value.isDamaged, let version = version(of: value) else { return nil }
        guard positions[version] == nil else { return version }
        let known = entries.map { "\($0.version)" }
        let near = NearestName.near(value.text, among: known).first
        names.findings.report(
            Diagnostic(
                .unknownVersion, "the API has no version `\(value.text)`", at: label(value.range),
                notes: known.isEmpty || known.count > 8
                    ? [] : ["it has \(known.map { "`\($0)`" }.joined(separator: ", "))"],
                helps: near.map {
                    [
                        Diagnostic.Help(
                            "did you mean `\($0)`?", edits: [files.edit(value.range, in: reader.file, $0)],
                            applicability: .unsafe)
                    ]
                } ?? []))
        return nil
    }

    func entry(_ version: ApiVersion) -> Entry? { positions[version].map { entries[$0] } }

    func label(_ range: SourceRange, _ text: String = "") -> Diagnostic.Label {
        files.label(range, in: reader.file, text)
    }

    /// All versions with the routes that they have in the end.
    func nodes() -> [ApiVersionNode] {
        reportCycles(of: "extends") { $0.facts.extends }
        return entries.map { entry in
            let facts = entry.facts
            return ApiVersionNode(
                version: entry.version, extends: facts.extends?.version, dates: facts.dates,
                stability: facts.stability, successor: facts.successor?.version, guide: facts.guide,
                reason: facts.reason, brownouts: facts.brownouts, grace: facts.grace,
                afterSunset: facts.afterSunset ?? ApiVersionNode.defaultGoneStatus, emergency: facts.emergency,
                routes: routes(of: entry))
        }
    }

    /// Reports versions that lead to each other in a circle, each circle once.
    func reportCycles(of word: String, _ next: (Entry) -> VersionFacts.Reference?) {
        var reported: Set<ApiVersion> = []
        for start in entries where !reported.contains(start.version) {
            var path: [Entry] = []
            var current: Entry? = start
            while let entry = current, !path.contains(where: { $0.version == entry.version }) {
                path.append(entry)
                current = next(entry).flatMap { self.entry($0.version) }
            }
            guard let end = current, end.version == start.version, let place = next(start)?.range else { continue }
            reported.formUnion(path.map(\.version))
            let circle = (path.map(\.version) + [start.version]).map(\.description).joined(separator: " → ")
            names.findings.report(
                Diagnostic(
                    .successorCycle,
                    "\(path.count == 1 ? "`\(start.version)` leads to itself" : "versions lead to each other in a circle") by `\(word)`",
                    at: label(place, "leads back"),
                    secondary: path.dropFirst().compactMap { next($0).map { label($0.range, "and on from here") } },
                    notes: ["cycle: \(circle)"]))
        }
    }

    /// Own routes over inherited ones; `remove` takes out what is inherited.
    private func routes(of entry: Entry) -> [ApiRouteNode] {
        var chain: [Entry] = []
        var current: Entry? = entry
        while let next = current, !chain.contains(where: { $0.version == next.version }) {
            chain.append(next)
            current = next.facts.extends.flatMap { self.entry($0.version) }
        }
        var routes: [RouteKey: ApiRouteNode] = [:]
        for layer in chain.reversed() {
            for key in layer.facts.removed.keys { routes[key] = nil }
            for route in layer.facts.routes { routes[RouteKey(route.method, route.path)] = route }
        }
        reportMissingRemovals(of: entry, chain)
        return Array(routes.values)
    }

    private func reportMissingRemovals(of entry: Entry, _ chain: [Entry]) {
        let inherited = Set(chain.dropFirst().flatMap { $0.facts.routes.map { RouteKey($0.method, $0.path) } })
        for (key, range) in entry.facts.removed where !inherited.contains(key) {
            names.findings.report(
                Diagnostic(
                    .removedMissingStep, "no version that `\(entry.version)` extends has `\(key.method) \(key.path)`",
                    at: label(range, "takes out nothing")))
        }
    }
}

/// A route by what requests are told apart by: the names of its parameters make no difference.
struct RouteKey: Hashable {
    let method: String
    /// As it is written.
    let path: String
    private let shape: [Substring]

    init(_ method: String, _ path: String) {
        self.method = method
        self.path = path
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        shape = segments.map { $0.first == "{" && $0.last == "}" ? "{}" : $0 }
    }

    static func == (left: RouteKey, right: RouteKey) -> Bool {
        left.method == right.method && left.shape == right.shape
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(shape)
    }
}
