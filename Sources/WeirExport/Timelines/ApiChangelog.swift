// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What changed of APIs for those who call them, as Markdown.
public enum ApiChangelog {
    /// The changes, API by API; empty where there are none.
    public static func text(from old: [ApiNode], to new: [ApiNode]) -> String {
        let names = Set((old + new).map(\.name)).sorted { "\($0)" < "\($1)" }
        return names.compactMap { name -> String? in
            let (before, after) = (old.first { $0.name == name }, new.first { $0.name == name })
            let lines: [String] =
                switch (before, after) {
                case (nil, let after?):
                    ["New, with " + after.versions.map { "`\($0.version)`" }.joined(separator: ", ") + "."]
                case (_?, nil): ["Not declared any more."]
                case (let before?, let after?): changes(before, after)
                case (nil, nil): []
                }
            return lines.isEmpty ? nil : "## \(name)\n\n" + lines.map { "- \($0)\n" }.joined()
        }.joined(separator: "\n")
    }

    private static func changes(_ before: ApiNode, _ after: ApiNode) -> [String] {
        var lines: [String] = []
        for version in after.versions {
            if let old = before.version(version.version) {
                lines += changes(old, version).map { "`\(version.version)`: \($0)" }
            } else {
                let released = version.dates.released.map { ", released \($0)" } ?? ""
                lines.append("`\(version.version)`: new\(released)")
            }
        }
        for version in before.versions where after.version(version.version) == nil {
            lines.append("`\(version.version)`: **not declared any more**")
        }
        if before.negotiation.unversioned != after.negotiation.unversioned {
            lines.append(
                "requests that name no version: `\(before.negotiation.unversioned.text)` → "
                    + "`\(after.negotiation.unversioned.text)`")
        }
        if before.base != after.base {
            lines.append("paths begin with `\(after.base ?? "/")`; they began with `\(before.base ?? "/")`")
        }
        for consumer in Set(before.negotiation.pins.keys).union(after.negotiation.pins.keys).sorted() {
            let (old, new) = (before.negotiation.pins[consumer], after.negotiation.pins[consumer])
            guard old != new else { continue }
            lines.append("`\(consumer)` is pinned to \(new.map { "`\($0)`" } ?? "nothing any more")")
        }
        for fault in ApiNode.Fault.allCases {
            let (old, new) = (before.negotiation.statuses[fault], after.negotiation.statuses[fault])
            guard old != new else { continue }
            lines.append("\(fault.words): \(new.map { "status \($0)" } ?? "the usual status")")
        }
        if before.negotiation.disagreement != after.negotiation.disagreement {
            lines.append("versions that disagree are \(after.negotiation.disagreement.rawValue)")
        }
        if before.negotiation.readers != after.negotiation.readers {
            let places = after.negotiation.readers.map { "\($0.parts.word) `\($0.parts.text)`" }
            lines.append("the version is chosen by \(places.joined(separator: ", "))")
        }
        return lines
    }

    private static func changes(_ before: ApiVersionNode, _ after: ApiVersionNode) -> [String] {
        var lines: [String] = []
        let dates: [(String, Instant?, Instant?)] = [
            ("release", before.dates.released, after.dates.released),
            ("announcement", before.dates.announced, after.dates.announced),
            ("deprecation", before.dates.deprecated, after.dates.deprecated),
            ("sunset", before.dates.sunset, after.dates.sunset),
            ("removal", before.dates.removed, after.dates.removed),
        ]
        for (name, old, new) in dates { if let line = move(name, old, new) { lines.append(line) } }
        if before.stability != after.stability { lines.append("\(after.stability.rawValue) now") }
        for brownout in after.brownouts where !before.brownouts.contains(brownout) {
            lines.append("brownout \(brownout.start) for \(brownout.duration.weirText)")
        }
        for brownout in before.brownouts where !after.brownouts.contains(brownout) {
            lines.append("no brownout on \(brownout.start)")
        }
        if before.successor != after.successor {
            lines.append(after.successor.map { "succeeded by `\($0)`" } ?? "no successor any more")
        }
        if before.afterSunset != after.afterSunset { lines.append("status \(after.afterSunset) after the sunset") }
        if let reason = after.emergency, before.emergency == nil { lines.append("**emergency**: \(reason)") }
        return lines + graces(before, after) + routes(before, after)
    }

    private static func graces(_ before: ApiVersionNode, _ after: ApiVersionNode) -> [String] {
        let old = Dictionary(before.grace.map { ($0.consumer, $0.until) }) { first, _ in first }
        let new = Dictionary(after.grace.map { ($0.consumer, $0.until) }) { first, _ in first }
        return Set(old.keys).union(new.keys).sorted().compactMap { consumer in
            switch (old[consumer], new[consumer]) {
            case (nil, let until?): "served to `\(consumer)` until \(until)"
            case (let until?, nil): "**not served to `\(consumer)` until \(until) any more**"
            case (let one?, let other?) where one != other:
                "served to `\(consumer)` until \(one) → \(other)" + (other < one ? ", **earlier**" : ", later")
            default: nil
            }
        }
    }

    private static func move(_ name: String, _ old: Instant?, _ new: Instant?) -> String? {
        switch (old, new) {
        case (nil, let new?): return "\(name) on \(new)"
        case (let old?, nil): return "no \(name) any more; it was \(old)"
        case (let old?, let new?) where old != new:
            return "\(name) \(old) → \(new)" + (new < old ? ", **earlier**" : ", later")
        default: return nil
        }
    }

    private static func routes(_ before: ApiVersionNode, _ after: ApiVersionNode) -> [String] {
        func key(_ route: ApiRouteNode) -> String { "\(route.method) \(route.path)" }
        let old = Dictionary(before.routes.map { (key($0), $0) }) { first, _ in first }
        let new = Dictionary(after.routes.map { (key($0), $0) }) { first, _ in first }
        let added = new.keys.filter { old[$0] == nil }.sorted().map { "new `\($0)`" }
        let removed = old.keys.filter { new[$0] == nil }.sorted().map { "**no `\($0)` any more**" }
        let changed = new.keys.sorted().flatMap { name -> [String] in
            guard let before = old[name], let after = new[name] else { return [] }
            let moves = [
                move("deprecation", before.deprecated, after.deprecated), move("sunset", before.sunset, after.sunset),
            ]
            return moves.compactMap { $0.map { "`\(name)` \($0)" } }
        }
        return added + removed + changed
    }
}
