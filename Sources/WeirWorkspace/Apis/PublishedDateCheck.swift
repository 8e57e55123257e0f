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

    private static func check(_ api: ApiNode, _ published: PublishedDates, _ written: Written) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for version in api.versions {
            guard let statement = written.version(version.version) else { continue }
            let known = published.dates(of: version.version, in: api.name)
            let dates: [(Form, Slot, Instant?, Instant?)] = [
                (.deprecated, .deprecated, version.dates.deprecated, known?.deprecated),
                (.sunset, .sunset, version.dates.sunset, known?.sunset),
            ]
            for (form, slot, now, before) in dates {
                guard let now, let value = statement.statements.first(where: { $0.form == form })?.value(slot) else {
                    continue
                }
                if let before, now < before {
                    guard version.emergency == nil else { continue }
                    findings.append(moved(version.version, now, before, value.range, written))
                } else if before != now {
                    findings.append(unpublished(version.version, value.range, written))
                }
            }
        }
        for (version, dates) in (published.apis["\(api.name)"] ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard api.version(version) == nil, let sunset = dates.sunset else { continue }
            findings.append(gone(version, sunset, written))
        }
        return findings
    }

    private static func moved(
        _ version: ApiVersion, _ now: Instant, _ before: Instant, _ range: SourceRange, _ written: Written
    ) -> Diagnostic {
        Diagnostic(
            .publishedDateMoved, "a date of `\(version)` moves from \(before) to \(now), and it was published",
            at: written.label(range, "earlier than clients were told"),
            notes: ["a later date is no breach"],
            helps: [
                Diagnostic.Help(
                    "keep the published date, or say why not: `emergency \"…\"`",
                    edits: [Diagnostic.Edit(file: written.file, range: range, replacement: "\(before)")],
                    applicability: .unsafe)
            ])
    }

    private static func unpublished(_ version: ApiVersion, _ range: SourceRange, _ written: Written) -> Diagnostic {
        Diagnostic(
            .unpublishedDate, "a date of `\(version)` is not among those that were published",
            at: written.label(range, "not published"),
            helps: [Diagnostic.Help("`weir api publish` writes it down; commit the file with the policy")])
    }

    private static func gone(_ version: ApiVersion, _ sunset: Instant, _ written: Written) -> Diagnostic {
        Diagnostic(
            .publishedDateMoved, "`\(version)` was published until \(sunset), and is not declared any more",
            at: written.label(written.api.headRange, "has no such version"),
            helps: [
                Diagnostic.Help("declare it with its dates; take it out of the file once its sunset has passed")
            ])
    }

    private static func unreadable(_ problem: Problem, _ written: Written) -> Diagnostic {
        let range = written.api.statements.first { $0.form == .neverShorten }?.value(.neverShorten)?.range
        return Diagnostic(
            .unreadablePublishedDates, "`\(problem.path)` cannot be used: \(problem.reason)",
            at: written.label(range ?? written.api.headRange, "named here"),
            helps: [Diagnostic.Help("restore the file; `weir api publish` writes a new one where there is none")])
    }
}
