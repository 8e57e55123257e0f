// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// An API compiled for decisions: timelines, routes and fields, all made ahead of time; immutable.
public struct ApiLifecycle: Sendable {
    /// A version with its routes.
    struct Version: Sendable {
        let node: ApiVersionNode
        let timeline: LifecycleTimeline
        let routes: RouteTree<Route>
    }

    /// A route, and its own timeline where it has dates of its own.
    struct Route: Sendable, Hashable {
        let node: ApiRouteNode
        let timeline: LifecycleTimeline?
    }

    /// The API as it was declared.
    public let node: ApiNode
    let versions: [Version]
    let readers: [VersionReader]
    let shape: PathShape
    let mediaType: MediaTypePattern?
    let support: SupportTable
    let exempt: RouteTree<Bool>
    private let positions: [ApiVersion: Int]

    /// Compiles an API.
    public init(_ node: ApiNode) {
        self.node = node
        readers = node.negotiation.readers
        var path: String?
        var mediaType: String?
        var vary: [String] = []
        for case let (word, text) in readers.map(\.parts) {
            switch word {
            case "path": path = path ?? text
            case "accept":
                mediaType = mediaType ?? text
                vary.append("Accept")
            case "header": vary.append(text)
            default: break
            }
        }
        shape = PathShape(base: node.base, template: path)
        self.mediaType = mediaType.map { MediaTypePattern($0) }
        versions = node.versions.map { version in
            var routes = RouteTree<Route>()
            for route in version.routes {
                let hasDates = route.deprecated != nil || route.sunset != nil || route.guide != nil
                let timeline = hasDates ? LifecycleTimeline(version, route: route) : nil
                routes.insert(Route(node: route, timeline: timeline), method: route.method, template: route.path)
            }
            return Version(node: version, timeline: LifecycleTimeline(version), routes: routes)
        }
        positions = Dictionary(zip(node.versions.map(\.version), node.versions.indices)) { first, _ in first }
        support = SupportTable(
            versions.map { ($0.node.version, $0.node.stability == .stable, $0.timeline) },
            vary: vary.isEmpty ? nil : vary.joined(separator: ", "))
        var exempt = RouteTree<Bool>()
        for path in node.alwaysAvailable { exempt.insert(true, method: "", template: path) }
        for path in node.neutral { exempt.insert(false, method: "", template: path) }
        self.exempt = exempt
    }

    /// The timeline of a version; nil: there is no such version.
    public func timeline(of version: ApiVersion) -> LifecycleTimeline? { positions[version].map { versions[$0].timeline } }

    /// The place of a released version, or of the newest before a day where the policy says so.
    func index(of version: ApiVersion, at now: Instant) -> Int? {
        if let index = positions[version], state(index, now) != .planned { return index }
        guard node.negotiation.takesNearestEarlier, case .date = version.scheme else { return nil }
        return versions.lastIndex { earlier in
            guard case .date = earlier.node.version.scheme, earlier.node.version < version else { return false }
            return earlier.timeline.state(at: now) != .planned
        }
    }

    func state(_ index: Int, _ now: Instant) -> LifecycleState { versions[index].timeline.state(at: now) }
    func isEnding(_ index: Int, _ now: Instant) -> Bool { state(index, now).isEnding }

    /// Whether a version is served to a consumer, graces included.
    func isAlive(_ index: Int, for consumer: String?, at now: Instant) -> Bool {
        state(index, now).isAlive || (state(index, now) == .sunset && hasGrace(index, consumer, now))
    }

    func hasGrace(_ index: Int, _ consumer: String?, _ now: Instant) -> Bool {
        guard let consumer else { return false }
        return versions[index].node.grace.contains { $0.consumer == consumer && now < $0.until }
    }

    /// The version of a request that names none; nil: there is none.
    func defaultVersion(for consumer: String?, at now: Instant) -> Int? {
        switch node.negotiation.unversioned {
        case .none: nil
        case .version(let version): index(of: version, at: now)
        case .latestStable, .pinned: support.entry(at: now).latest.flatMap { positions[$0] }
        case .oldest: support.entry(at: now).supported.first.flatMap { positions[$0] }
        }
    }

    /// The version for a range that every version meets: the default, else the newest that is not excluded.
    func anyVersion(except excluded: Set<Int>, for consumer: String?, at now: Instant) -> Int? {
        if let index = defaultVersion(for: consumer, at: now), !excluded.contains(index),
            isAlive(index, for: consumer, at: now)
        {
            return index
        }
        let living = support.entry(at: now).supported.compactMap { positions[$0] }.filter { !excluded.contains($0) }
        return living.last { !isEnding($0, now) } ?? living.last
    }
}
