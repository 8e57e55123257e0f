// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
public import WeirPolicy

extension Diagram {
    /// The versions of APIs: a frame a version with its dates and routes, which version succeeds which, and which routes
    /// a later version has elsewhere or no more.
    /// - Parameter day: the moment whose states are shown; nil: dates alone, so that the same files give the same picture.
    public static func api(_ graph: PolicyGraph, on day: Instant? = nil) -> Diagram {
        let versions = graph.apis.reduce(0) { $0 + $1.versions.count }
        var diagram = Diagram(
            title: "APIs" + (graph.environment.map { " in \($0)" } ?? "") + (day.map { " on \($0)" } ?? ""),
            summary: [
                Words.count(graph.apis.count, "API"), Words.count(versions, "version"),
                "thick lines lead to the successor, others from a route to where it has moved",
            ].joined(separator: " · "))
        for api in graph.apis { ApiView(api: api, day: day).add(to: &diagram) }
        return diagram
    }
}

/// Draws one API.
private struct ApiView {
    let api: ApiNode
    let day: Instant?

    func add(to diagram: inout Diagram) {
        let served = api.service.map { "served by \($0.name)" }
        diagram.addNode(
            id, .api, api.name.description,
            detail: [api.base, served].compactMap(\.self).joined(separator: " · "), facts: facts)
        let timelines = ApiLifecycle(api)
        for version in api.versions {
            let state = day.flatMap { timelines.timeline(of: version.version)?.state(at: $0) }
            diagram.addCluster(
                id(of: version), .version, version.version.description,
                detail: state?.rawValue ?? (version.stability == .preview ? "preview" : ""), facts: Self.facts(version))
            addDates(of: version, to: &diagram)
            addRoutes(of: version, to: &diagram)
        }
        addSuccession(to: &diagram)
    }

    /// Which version follows on which: as its successor, or else because it extends it. The API leads to those that follow on
    /// none, and to the one for requests that name none.
    private func addSuccession(to diagram: inout Diagram) {
        var followers: Set<ApiVersion> = []
        for version in api.versions {
            if let successor = version.successor, api.version(successor) != nil {
                followers.insert(successor)
                diagram.addEdge(
                    id(of: version), "\(id):\(successor)", .succeeds, label: "successor",
                    facts: ["\(successor) takes the place of \(version.version)"])
            }
            guard let base = version.extends, api.version(base)?.successor != version.version else { continue }
            followers.insert(version.version)
            diagram.addEdge(
                id(of: version), "\(id):\(base)", .extends, label: "extends",
                facts: ["\(version.version) extends \(base)"], pointsBack: true)
        }
        for version in api.versions where isDefault(version) || !followers.contains(version.version) {
            diagram.addEdge(
                id, id(of: version), .serves, label: isDefault(version) ? "where none is named" : "",
                facts: ["\(api.name) has \(version.version)"])
        }
    }

    private var id: String { "api:\(api.name)" }

    private func id(of version: ApiVersionNode) -> String { "\(id):\(version.version)" }

    private func id(of route: ApiRouteNode, in version: ApiVersionNode) -> String {
        "\(id(of: version)):\(route.method) \(route.path)"
    }

    /// Whether requests that name no version get this one, whatever the day.
    private func isDefault(_ version: ApiVersionNode) -> Bool {
        if case .version(let named) = api.negotiation.unversioned { return named == version.version }
        return false
    }

    private var facts: [String] {
        let promises = api.promises
        return api.negotiation.readers.map { "version by \($0.parts.word) \($0.parts.text)" }
            + [
                promises.afterDeprecation.map { "\($0) after deprecation at least" },
                promises.afterSuccessor.map { "\($0) after the successor at least" },
                promises.announceAhead.map { "announced \($0) ahead at least" },
            ].compactMap(\.self) + api.neutral.map { "\($0) has no version" }
            + api.alwaysAvailable.map { "\($0) outlives its version" }
    }

    private static func facts(_ version: ApiVersionNode) -> [String] {
        [
            version.extends.map { "extends \($0)" }, version.reason.map { "ends because \($0)" }, version.guide,
        ].compactMap(\.self) + version.grace.map { "\($0.consumer) is served until \($0.until)" }
    }

    // MARK: Rows

    private func addDates(of version: ApiVersionNode, to diagram: inout Diagram) {
        let dates = version.dates
        let lines: [(String, String?)] =
            [
                ("released", dates.released?.description), ("announced", dates.announced?.description),
                ("deprecated", dates.deprecated?.description),
            ] + version.brownouts.map { ("brownout", "\($0.start) for \($0.duration.weirText)") } + [
                ("sunset", dates.sunset?.description), ("removed", dates.removed?.description),
            ]
        for (number, line) in lines.enumerated() {
            guard let date = line.1 else { continue }
            diagram.addNode(
                "\(id(of: version)):\(line.0):\(number)", .version, line.0, detail: date, in: id(of: version))
        }
    }

    private func addRoutes(of version: ApiVersionNode, to diagram: inout Diagram) {
        let next = api.versions.first { $0.version > version.version }
        let changes = next.map { RouteChanges(from: version, to: $0) }
        let before = api.versions.last { $0.version < version.version }
        let news = before.map { RouteChanges(from: $0, to: version) }
        for route in version.routes {
            let isGone = changes?.removed.contains(route) ?? false
            let parts = [
                Words.ownName(of: route.operation), news?.added.contains(route) ?? false ? "new" : nil,
                news?.changed.contains(route) ?? false ? "changed" : nil,
                route.sunset.map { "until \($0)" }, route.successor.map { "then \($0)" },
                isGone ? next.map { "not in \($0.version)" } : nil,
            ]
            diagram.addNode(
                id(of: route, in: version), .route, "\(route.method) \(route.path)",
                detail: parts.compactMap(\.self).joined(separator: " · "),
                facts: ["goes to \(route.operation)"]
                    + [route.deprecated.map { "deprecated \($0)" }, route.reason].compactMap(\.self),
                in: id(of: version))
            guard let next, let target = changes?.moved[route] else { continue }
            diagram.addEdge(
                id(of: route, in: version), id(of: target, in: next), .moves, label: "moved",
                facts: ["\(route.method) \(route.path) is \(target.method) \(target.path) in \(next.version)"])
        }
    }
}
