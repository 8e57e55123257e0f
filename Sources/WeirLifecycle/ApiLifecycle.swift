// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import WeirPolicy

/// An API compiled for decisions: timelines, routes and fields, all made ahead of time; immutable.
///
/// A class, and so are its parts, because decisions hand them around: copying a struct of theirs counts a reference for each field.
public final class ApiLifecycle: Sendable {
    /// A version with its routes.
    final class Version: Sendable {
        let node: ApiVersionNode
        let moments: MomentTable
        let routes: RouteTree<Route>

        init(node: ApiVersionNode, moments: MomentTable, routes: RouteTree<Route>) {
            self.node = node
            self.moments = moments
            self.routes = routes
        }

        var timeline: LifecycleTimeline { moments.timeline }
    }

    /// A route, and its own moments where it has dates of its own.
    final class Route: Sendable {
        let node: ApiRouteNode
        let moments: MomentTable?

        init(node: ApiRouteNode, moments: MomentTable?) {
            self.node = node
            self.moments = moments
        }
    }

    /// The API as it was declared.
    public let node: ApiNode
    let versions: [Version]
    let names: VersionNames
    let readers: [VersionReader]
    let acceptReader: VersionReader?
    let fieldNames: RequestFields.Names
    let shape: PathShape
    let mediaType: MediaTypePattern?
    let support: SupportTable
    let exempt: RouteTree<Bool>
    let known: KnownPaths
    let pathReason: ApiDecision.Reason
    let cache = DecisionCache()
    /// All moments at which anything changes, in order.
    private let changes: [Instant]
    /// Whether an answer may depend on who asks.
    let knowsConsumers: Bool

    /// Compiles an API.
    public init(_ node: ApiNode) {
        self.node = node
        let places = ReaderPlaces(node)
        readers = node.negotiation.readers
        acceptReader = readers.first { $0.parts.word == "accept" }
        fieldNames = places.fields
        shape = PathShape(base: node.base, template: places.path)
        mediaType = places.mediaType.map { MediaTypePattern($0) }
        names = VersionNames(node.versions.map(\.version))
        let timelines = node.versions.map { LifecycleTimeline($0) }
        let support = SupportTable(
            zip(node.versions, timelines).map { ($0.version, $0.stability == .stable, $1) }, vary: places.vary)
        self.support = support
        let versions = zip(node.versions, timelines).map { version, timeline in
            var routes = RouteTree<Route>()
            for route in version.routes {
                let hasDates = route.deprecated != nil || route.sunset != nil || route.guide != nil
                let own = hasDates ? LifecycleTimeline(version, route: route) : nil
                let moments = own.map { MomentTable($0, of: version.version, support) }
                routes.insert(Route(node: route, moments: moments), method: route.method, template: route.path)
            }
            return Version(
                node: version, moments: MomentTable(timeline, of: version.version, support), routes: routes)
        }
        var exempt = RouteTree<Bool>()
        for path in node.alwaysAvailable { exempt.insert(true, method: "", template: path) }
        for path in node.neutral { exempt.insert(false, method: "", template: path) }
        self.exempt = exempt
        self.versions = versions
        let routes = node.versions.flatMap { version in version.routes.map { LifecycleTimeline(version, route: $0) } }
        changes = Set((timelines + routes).flatMap { $0.phases.compactMap(\.start) }).sorted()
        known = KnownPaths(versions, shape) { [exempt] in exempt.match("", $0) != nil }
        pathReason = .named(readers.first { $0.parts.word == "path" } ?? .path(""))
        knowsConsumers = !node.negotiation.pins.isEmpty || node.versions.contains { !$0.grace.isEmpty }
    }

    /// The timeline of a version; nil: there is no such version.
    public func timeline(of version: ApiVersion) -> LifecycleTimeline? {
        names.place(of: version).map { versions[$0].timeline }
    }

    /// How many changes have come before a moment: between two of them nothing depends on the time, but what a brownout has left.
    func stretch(of now: Instant) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= now { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The version that was found; nil: it cannot be read.
    func version(_ found: VersionNames.Found) -> ApiVersion? {
        switch found {
        case .declared(let place): versions[place].node.version
        case .other(let version): version
        case .malformed: nil
        }
    }

    /// The place of a released version, or of the newest before a day where the policy says so.
    func index(of found: VersionNames.Found, at now: Instant) -> Int? {
        if case .declared(let place) = found, state(place, now) != .planned { return place }
        guard node.negotiation.takesNearestEarlier, let version = version(found), case .date = version.scheme else {
            return nil
        }
        return versions.indices.last { index in
            guard case .date = versions[index].node.version.scheme, versions[index].node.version < version else {
                return false
            }
            return state(index, now) != .planned
        }
    }

    func state(_ index: Int, _ now: Instant) -> LifecycleState { versions[index].timeline.state(at: now) }
    func isEnding(_ index: Int, _ now: Instant) -> Bool { state(index, now).isEnding }

    /// Whether a version is served to a consumer, graces included.
    func isAlive(_ index: Int, for consumer: String?, at now: Instant) -> Bool {
        let state = state(index, now)
        return state.isAlive || (state == .sunset && hasGrace(index, consumer, now))
    }

    func hasGrace(_ index: Int, _ consumer: String?, _ now: Instant) -> Bool {
        guard let consumer else { return false }
        return versions[index].node.grace.contains { $0.consumer == consumer && now < $0.until }
    }

    /// The version of a request that names none; nil: there is none.
    func defaultVersion(for consumer: String?, at now: Instant) -> Int? {
        switch node.negotiation.unversioned {
        case .none: nil
        case .version(let version): names.place(of: version).flatMap { index(of: .declared($0), at: now) }
        case .latestStable, .pinned: support.entry(at: now).latest.flatMap { names.place(of: $0) }
        case .oldest: support.entry(at: now).supported.first.flatMap { names.place(of: $0) }
        }
    }

    /// The version for a range that every version meets: the default, else the newest that is not excluded.
    func anyVersion(for consumer: String?, at now: Instant, except isExcluded: (Int) -> Bool) -> Int? {
        if let index = defaultVersion(for: consumer, at: now), !isExcluded(index),
            isAlive(index, for: consumer, at: now)
        {
            return index
        }
        let living = support.entry(at: now).supported.compactMap { names.place(of: $0) }.filter { !isExcluded($0) }
        return living.last { !isEnding($0, now) } ?? living.last
    }
}

/// Where an API looks for versions and consumers.
private struct ReaderPlaces {
    var path: String?
    var mediaType: String?
    /// The value of `Vary`: the request's fields among the readers; nil: there are none.
    var vary: String?
    var fields = RequestFields.Names()

    init(_ node: ApiNode) {
        var varying: [String] = []
        for (place, reader) in node.negotiation.readers.enumerated() {
            switch reader {
            case .path(let text): path = path ?? text
            case .accept(let text):
                if mediaType == nil { varying.append("Accept") }
                mediaType = mediaType ?? text
                fields.readsAccept = true
            case .header(let text):
                guard let name = HTTPField.Name(text) else { continue }
                if !fields.versions.contains(where: { $0.name == name }) { varying.append(text) }
                fields.versions.append((place, name))
            case .query: break
            }
        }
        vary = varying.isEmpty ? nil : varying.joined(separator: ", ")
        for case .header(let name) in node.usage?.consumers ?? [] {
            if let name = HTTPField.Name(name) { fields.consumers.append(name) }
        }
        fields.seal()
    }
}
