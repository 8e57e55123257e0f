// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension ApiLifecycle {
    /// The newest stable version that is served; one that is not on its way out comes before the others.
    public func latest(at now: Instant) -> ApiVersion? {
        stretches.stretch(at: now).latest.map { versions[$0].node.version }
    }

    /// The version of a request that names none, by a consumer that nobody knows; nil: the request is refused.
    public func unversioned(at now: Instant) -> ApiVersion? {
        stretches.stretch(at: now).fallback.map { versions[$0].node.version }
    }

    /// What `GET /api/v1/system/deprecations` answers: which routes are on their way out, and what is known of every version.
    ///
    /// The members `deprecated_endpoints`, `current_version` and `supported_versions` are those of the Python platform.
    public func deprecations(at now: Instant) -> JSON {
        let stretch = stretches.stretch(at: now)
        var members: [String: JSON] = [
            "deprecated_endpoints": .array(versions.flatMap { endpoints(of: $0, at: now) }),
            "supported_versions": .array(stretch.supported.map { .string("\($0)") }),
            "versions": .array(versions.map { report(on: $0, at: now) }),
            "api": .string(node.name.description), "at": .string(now.description),
        ]
        members["current_version"] = stretch.latest.map { .string(versions[$0].name) } ?? .null
        return .object(members)
    }

    private func endpoints(of version: Version, at now: Instant) -> [JSON] {
        version.node.routes.compactMap { route in
            let timeline = LifecycleTimeline(version.node, route: route)
            let state = timeline.state(at: now)
            guard state.isEnding else { return nil }
            let rest = RequestPath.segments(of: route.path).map { "/" + $0 }.joined()
            let path = version.head.map { $0 + rest } ?? base(route.path)
            let alternative = route.successor ?? version.node.successor?.description
            return .object([
                "endpoint": .string("\(route.method) \(path)"), "version": .string("\(version.node.version)"),
                "deprecated_at": Self.text(timeline.deprecated?.description),
                "sunset_at": Self.text(timeline.sunset?.description), "alternative": Self.text(alternative),
                "reason": Self.text(route.reason ?? version.node.reason), "state": .string(state.rawValue),
            ])
        }
    }

    private func base(_ path: String) -> String { (node.base ?? "") + path }

    private func report(on version: Version, at now: Instant) -> JSON {
        let (node, state) = (version.node, version.timeline.state(at: now))
        let next = version.timeline.phases.first { phase in phase.start.map { now < $0 } ?? false }
        return .object([
            "version": .string("\(node.version)"), "state": .string(state.rawValue),
            "stability": .string(node.stability.rawValue), "released_at": Self.text(node.dates.released?.description),
            "announced_at": Self.text(node.dates.announced?.description),
            "deprecated_at": Self.text(node.dates.deprecated?.description),
            "sunset_at": Self.text(node.dates.sunset?.description),
            "removed_at": Self.text(node.dates.removed?.description),
            "successor": Self.text(node.successor?.description),
            "docs": Self.text(node.guide), "reason": Self.text(node.reason),
            "brownouts": .array(
                node.brownouts.map { brownout in
                    .object(["from": .string("\(brownout.start)"), "until": .string("\(brownout.end)")])
                }),
            "next": next.map { phase in
                .object([
                    "state": .string(phase.state.rawValue), "at": Self.text(phase.start?.description),
                ])
            } ?? .null,
        ])
    }

    private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
