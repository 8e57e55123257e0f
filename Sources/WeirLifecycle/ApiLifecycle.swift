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
        /// How it is called.
        let name: String
        /// What the paths of its routes begin with; nil: paths name no versions.
        let head: String?
        /// The place of its successor; nil: there is none.
        let successor: Int?
        /// Why it was chosen where a reader names it, by the reader's place.
        private let reasons: [ApiDecision.Reason]

        init(
            node: ApiVersionNode, moments: MomentTable, routes: RouteTree<Route>, head: String?, successor: Int?,
            reasons: [ApiDecision.Reason]
        ) {
            self.node = node
            self.moments = moments
            self.routes = routes
            name = node.version.description
            self.head = head
            self.successor = successor
            self.reasons = reasons
        }

        var timeline: LifecycleTimeline { moments.timeline }

        /// Why it was chosen, in words that others read.
        func reason(_ why: Why, _ consumer: String?) -> ApiDecision.Reason {
            switch why {
            case .named(let place): reasons[place]
            case .contentType: .contentType
            case .wildcard: .wildcard
            case .pinned: .pinned(consumer ?? "")
            case .unspecified: .unspecified
            }
        }
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
    let readers: [Reader]
    /// The place of the reader of paths; nil: paths name no versions.
    let pathReader: Int?
    let readsQuery: Bool
    let fieldNames: RequestFields.Names
    let shape: PathShape
    let mediaType: MediaTypePattern?
    let stretches: StretchTable
    let exempt: RouteTree<Bool>
    /// Whether versions that disagree are ranked, not refused.
    let isRanked: Bool
    /// Whether an answer may depend on who asks.
    let knowsConsumers: Bool

    /// Compiles an API.
    public init(_ node: ApiNode) {
        self.node = node
        let places = ReaderPlaces(node)
        readers = places.readers
        pathReader = readers.firstIndex(of: .path)
        readsQuery = readers.contains { if case .query = $0 { true } else { false } }
        let reasons: [ApiDecision.Reason] = node.negotiation.readers.map { .named($0) }
        fieldNames = places.fields
        let shape = PathShape(base: node.base, template: places.path)
        self.shape = shape
        mediaType = places.mediaType.map { MediaTypePattern($0) }
        let names = VersionNames(node.versions.map(\.version))
        self.names = names
        let timelines = node.versions.map { LifecycleTimeline($0) }
        let stretches = StretchTable(node, timelines, vary: places.vary)
        self.stretches = stretches
        versions = zip(node.versions, timelines).map { version, timeline in
            let routes = version.routes.map { route in
                let hasDates = route.deprecated != nil || route.sunset != nil || route.guide != nil
                let own = hasDates ? LifecycleTimeline(version, route: route) : nil
                let moments = own.map { MomentTable($0, of: version.version, stretches) }
                return RouteTree<Route>.Entry(
                    value: Route(node: route, moments: moments), method: route.method, template: route.path)
            }
            return Version(
                node: version, moments: MomentTable(timeline, of: version.version, stretches),
                routes: RouteTree(routes),
                head: shape.head(of: version.version), successor: version.successor.flatMap { names.place(of: $0) },
                reasons: reasons)
        }
        exempt = RouteTree(
            node.alwaysAvailable.map { RouteTree.Entry(value: true, method: "", template: $0) }
                + node.neutral.map { RouteTree.Entry(value: false, method: "", template: $0) })
        isRanked = node.negotiation.disagreement == .ranked
        knowsConsumers = !node.negotiation.pins.isEmpty || node.versions.contains { !$0.grace.isEmpty }
    }

    /// The timeline of a version; nil: there is no such version.
    public func timeline(of version: ApiVersion) -> LifecycleTimeline? {
        names.place(of: version).map { versions[$0].timeline }
    }
}

/// A place in a request that may name a version, compiled.
enum Reader: Sendable, Hashable {
    case path
    case accept
    case header(HTTPField.Name)
    case query(String)
    case nowhere
}

/// Where an API looks for versions and consumers.
private struct ReaderPlaces {
    var readers: [Reader] = []
    var path: String?
    var mediaType: String?
    /// The value of `Vary`: the request's fields among the readers; nil: there are none.
    var vary: String?
    let fields: RequestFields.Names

    init(_ node: ApiNode) {
        var varying: [String] = []
        var readsAccept = false
        var versions: [(reader: Int, name: HTTPField.Name)] = []
        for (place, reader) in node.negotiation.readers.enumerated() {
            switch reader {
            case .path(let text):
                path = path ?? text
                readers.append(.path)
            case .accept(let text):
                if mediaType == nil { varying.append("Accept") }
                mediaType = mediaType ?? text
                readsAccept = true
                readers.append(.accept)
            case .header(let text):
                // A name that no field can have names no version; it keeps its place.
                guard let name = HTTPField.Name(text) else {
                    readers.append(.nowhere)
                    continue
                }
                if !versions.contains(where: { $0.name == name }) { varying.append(text) }
                versions.append((place, name))
                readers.append(.header(name))
            case .query(let name): readers.append(.query(name))
            }
        }
        vary = varying.isEmpty ? nil : varying.joined(separator: ", ")
        var consumers: [HTTPField.Name] = []
        for case .header(let name) in node.usage?.consumers ?? [] {
            if let name = HTTPField.Name(name) { consumers.append(name) }
        }
        fields = RequestFields.Names(readsAccept: readsAccept, versions: versions, consumers: consumers)
    }
}
