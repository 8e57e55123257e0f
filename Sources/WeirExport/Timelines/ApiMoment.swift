// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
public import WeirPolicy

/// A whole API as it is at a moment: which versions there are, what each is, and what comes next.
public struct ApiMoment: Sendable {
    private let api: ApiNode
    private let now: Instant
    private let lifecycle: ApiLifecycle

    /// An API at a moment.
    public init(_ api: ApiNode, at now: Instant) {
        self.api = api
        self.now = now
        lifecycle = ApiLifecycle(api)
    }

    /// For programs: what `GET …/system/deprecations` would answer.
    public var json: JSON { lifecycle.deprecations(at: now) }

    /// For people.
    public var text: String {
        let latest = lifecycle.latest(at: now).map { "\($0)" } ?? "none"
        let chosen = lifecycle.unversioned(at: now).map { "\($0)" } ?? "none: they are refused"
        var lines = [
            "\(api.name) at \(now)", "  newest stable version      \(latest)",
            "  requests that name none    \(chosen)", "",
        ]
        for version in api.versions {
            let timeline = LifecycleTimeline(version)
            let state = timeline.state(at: now)
            let next = next(timeline)
            lines.append(
                "  \(padded("\(version.version)", 10))"
                    + (next.isEmpty ? state.rawValue : padded(state.rawValue, 12) + next))
            guard state != .planned, state != .removed else { continue }
            for route in version.routes { lines.append(line(route, version, state)) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ route: ApiRouteNode, _ version: ApiVersionNode, _ state: LifecycleState) -> String {
        let own = LifecycleTimeline(version, route: route)
        let differs = own.state(at: now) != state
        let tail = differs ? "  \(own.state(at: now).rawValue)" : ""
        let successor = differs ? route.successor.map { " → \($0)" } ?? "" : ""
        return "    \(padded("\(route.method) \(route.path)", 40)) \(route.operation)\(tail)\(successor)"
    }

    private func next(_ timeline: LifecycleTimeline) -> String {
        let next = timeline.phases.first { phase in phase.start.map { now < $0 } ?? false }
        guard let next, let start = next.start else { return "" }
        let days = start.date.daysSince1970 - now.date.daysSince1970
        return "\(next.state.rawValue) on \(start), in \(days) day\(days == 1 ? "" : "s")"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }
}
