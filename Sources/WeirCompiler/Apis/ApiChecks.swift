// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// What cannot hold of an API's dates, or breaks the promises it makes itself.
struct ApiChecks {
    let names: NameResolver
    let table: VersionTable
    let promises: WrittenPromises
    /// The statement that names the default version.
    let `default`: Statement?

    func check() {
        for entry in table.entries {
            checkReferences(entry)
            checkOrder(entry)
            checkPromises(entry)
            checkSuccessor(entry)
            for route in entry.facts.routeStatements { checkRoute(route) }
        }
        table.reportCycles(of: "successor") { $0.facts.successor }
        checkDefault()
    }

    /// Versions that others name must exist.
    private func checkReferences(_ entry: VersionTable.Entry) {
        if let value = entry.statement.value(.extends) { _ = table.resolve(value) }
        let successor = entry.statement.statements.first { $0.form == .successor }
        if let value = successor?.value(.successor) { _ = table.resolve(value) }
    }

    private func checkOrder(_ entry: VersionTable.Entry) {
        let (dates, ranges) = (entry.facts.dates, entry.facts.dateRanges)
        if let sunset = ranges[.sunset], dates.deprecated == nil {
            reportUndeprecated("`\(entry.version)`", sunset)
        }
        let inOrder: [(Form, String, Instant?)] = [
            (.released, "released", dates.released), (.deprecated, "deprecated", dates.deprecated),
            (.sunset, "switched off", dates.sunset), (.removed, "removed", dates.removed),
        ]
        let known = inOrder.filter { $0.2 != nil }
        for (earlier, later) in zip(known, known.dropFirst()) {
            guard let first = earlier.2, let second = later.2, second < first else { continue }
            reportOrder(
                "`\(entry.version)` is \(later.1) before it is \(earlier.1)", ranges[later.0], ranges[earlier.0],
                earlier.1)
        }
        if let announced = dates.announced, let deprecated = dates.deprecated, deprecated < announced {
            reportOrder(
                "`\(entry.version)` is deprecated before that is announced", ranges[.deprecated], ranges[.announced],
                "announced")
        }
        checkRemoval(entry)
    }

    /// What is removed has been switched off before, for everybody.
    private func checkRemoval(_ entry: VersionTable.Entry) {
        guard let removed = entry.facts.dates.removed, let range = entry.facts.dateRanges[.removed] else { return }
        if entry.facts.dates.sunset == nil {
            names.findings.report(
                Diagnostic(
                    .datesOutOfOrder, "`\(entry.version)` is removed without having been switched off",
                    at: table.label(range, "too early"),
                    helps: [Diagnostic.Help("add `sunset` with an earlier date")]))
        }
        for grace in entry.statement.statements where grace.form == .grace {
            guard let value = grace.value(.until), let until = value.instant(), removed < until else { continue }
            reportOrder(
                "`\(entry.version)` is removed while a consumer is still served", range, value.range, "served until")
        }
    }

    private func reportUndeprecated(_ what: String, _ range: SourceRange) {
        names.findings.report(
            Diagnostic(
                .sunsetWithoutDeprecation, "\(what) is switched off without having been deprecated",
                at: table.label(range, "switched off here"),
                helps: [Diagnostic.Help("add `deprecated` with an earlier date")]))
    }

    private func reportOrder(_ message: String, _ range: SourceRange?, _ other: SourceRange?, _ word: String) {
        guard let range, let other else { return }
        names.findings.report(
            Diagnostic(
                .datesOutOfOrder, message, at: table.label(range, "too early"),
                secondary: [table.label(other, "\(word) only here")]))
    }

    private func checkPromises(_ entry: VersionTable.Entry) {
        let (dates, ranges) = (entry.facts.dates, entry.facts.dateRanges)
        let values = promises.values
        let successor = entry.facts.successor.flatMap { table.entry($0.version)?.facts.dates.released }
        require(
            values.afterDeprecation, from: dates.deprecated, to: dates.sunset, form: .supportAfterDeprecation,
            slot: .supportAfterDeprecation, start: ranges[.deprecated], at: ranges[.sunset]
        ) { "`\(entry.version)` is switched off \($0) after its deprecation, \($1) were promised" }
        require(
            values.afterSuccessor, from: successor, to: dates.sunset, form: .supportAfterSuccessor,
            slot: .supportAfterSuccessor, start: nil, at: ranges[.sunset]
        ) { "`\(entry.version)` is switched off \($0) after its successor's release, \($1) were promised" }
        require(
            values.announceAhead, from: dates.announced, to: dates.deprecated, form: .announceAhead,
            slot: .announceAhead, start: ranges[.announced], at: ranges[.deprecated]
        ) { "`\(entry.version)` is deprecated \($0) after its announcement, \($1) were promised" }
    }

    /// Reports an end that comes sooner after its beginning than was promised.
    private func require(
        _ period: Period?, from start: Instant?, to end: Instant?, form: Form, slot: Slot,
        start startRange: SourceRange?,
        at range: SourceRange?, _ message: (String, String) -> String
    ) {
        guard let period, let start, let end, let range, start <= end else { return }
        let earliest = period.after(start)
        guard end < earliest else { return }
        var secondary: [Diagnostic.Label] = []
        if let promise = promises.statements[form]?.value(slot) {
            secondary.append(table.label(promise.range, "promised here"))
        }
        if let startRange { secondary.append(table.label(startRange, "the clock starts")) }
        names.findings.report(
            Diagnostic(
                .supportWindowTooShort, message(Self.span(start, end, period.unit), Self.promise(period, start, end)),
                at: table.label(range, "\(Self.span(end, earliest, period.unit)) early"), secondary: secondary,
                helps: [
                    Diagnostic.Help(
                        "the earliest date that keeps the promise",
                        edits: [names.workspace.files.edit(range, in: table.reader.file, "\(earliest)")],
                        applicability: .unsafe)
                ]))
    }

    /// The promised span; its unit is left out where the real span, named before it, has the same.
    private static func promise(_ period: Period, _ start: Instant, _ end: Instant) -> String {
        let isSameUnit = span(start, end, period.unit).contains(period.unit.rawValue)
        return isSameUnit ? "\(period.count)" : "\(period)"
    }

    /// Whole months, or days where they are fewer than one or the promise counts days.
    private static func span(_ start: Instant, _ end: Instant, _ unit: Period.Unit) -> String {
        var months = (end.date.year - start.date.year) * 12 + end.date.month - start.date.month
        if start.date.adding(months: months) > end.date { months -= 1 }
        if months > 0, unit == .month || unit == .year { return "\(months) month\(months == 1 ? "" : "s")" }
        let days = end.date.daysSince1970 - start.date.daysSince1970
        return "\(days) day\(days == 1 ? "" : "s")"
    }

    private func checkSuccessor(_ entry: VersionTable.Entry) {
        guard let reference = entry.facts.successor, reference.version != entry.version,
            let other = table.entry(reference.version)
        else { return }
        checkReadiness(of: other, for: entry, reference)
        guard let own = entry.facts.dates.sunset, let theirs = other.facts.dates.sunset, theirs <= own,
            let range = other.facts.dateRanges[.sunset]
        else { return }
        names.findings.report(
            Diagnostic(
                .successorDiesFirst, "`\(other.version)` takes the place of `\(entry.version)`, and goes no later",
                at: table.label(reference.range, "names it as its successor"),
                secondary: [table.label(range, "it is switched off here")],
                helps: [Diagnostic.Help("name a version that lives on")]))
    }

    /// Who is sent away needs somewhere to go: a version that is there in time, and no less settled.
    private func checkReadiness(
        of other: VersionTable.Entry, for entry: VersionTable.Entry, _ reference: VersionFacts.Reference
    ) {
        guard let sunset = entry.facts.dates.sunset, let end = entry.facts.dateRanges[.sunset] else { return }
        let problem: (words: String, place: Diagnostic.Label)
        if let released = other.facts.dates.released, let range = other.facts.dateRanges[.released] {
            if sunset < released {
                problem = ("is released only after that is switched off", table.label(range, "released only here"))
            } else if entry.facts.stability == .stable, other.facts.stability == .preview {
                problem = ("is only a preview", table.label(other.statement.headRange, "may still change"))
            } else {
                return
            }
        } else {
            problem = ("is never released", table.label(other.statement.headRange, "has no `released`"))
        }
        names.findings.report(
            Diagnostic(
                .successorNotReady,
                "`\(other.version)` takes the place of `\(entry.version)`, and \(problem.words)",
                at: table.label(reference.range, "names it as its successor"),
                secondary: [problem.place, table.label(end, "switched off here")],
                helps: [Diagnostic.Help("name a stable version that is there before the sunset")]))
    }

    private func checkRoute(_ route: Statement) {
        func value(_ form: Form, _ slot: Slot) -> Value? { route.statements.first { $0.form == form }?.value(slot) }
        guard let sunset = value(.sunset, .sunset) else { return }
        guard let deprecated = value(.deprecated, .deprecated) else {
            return reportUndeprecated("a route", sunset.range)
        }
        if let end = sunset.instant(), let start = deprecated.instant(), end < start {
            reportOrder("a route is switched off before it is deprecated", sunset.range, deprecated.range, "deprecated")
        }
    }

    /// A default that is on its way out makes new clients of an old version.
    private func checkDefault() {
        guard let value = `default`?.value(.withoutVersion), let version = value.version(),
            let entry = table.entry(version), let range = entry.facts.dateRanges[.deprecated]
        else { return }
        let living = table.entries.filter { $0.facts.dates.deprecated == nil && $0.facts.stability == .stable }
        let best = living.max { $0.version < $1.version }?.version
        names.findings.report(
            Diagnostic(
                .deprecatedDefault, "`\(version)` is the default and is deprecated",
                at: table.label(value.range, "chosen for requests that name none"),
                secondary: [table.label(range, "deprecated here")],
                helps: best.map {
                    [
                        Diagnostic.Help(
                            "choose the newest that is not",
                            edits: [names.workspace.files.edit(value.range, in: table.reader.file, "\($0)")],
                            applicability: .unsafe)
                    ]
                } ?? []))
    }
}
