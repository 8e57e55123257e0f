// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import WeirPolicy

/// What becomes of a request at a moment.
public struct ApiDecision: Sendable {
    /// Why a version was chosen.
    public enum Reason: Sendable, Hashable {
        /// The request names it here.
        case named(VersionReader)
        /// Its body is of this version.
        case contentType
        /// `Accept` leaves it to the server.
        case wildcard
        /// Its consumer is pinned to it.
        case pinned(String)
        /// The request names none, and this is the default.
        case unspecified
    }

    /// What answers.
    public enum Outcome: Sendable, Hashable {
        /// An operation, with the raw values of the path's parameters.
        case served(QualifiedName, parameters: [String: String])
        /// A path without versions.
        case neutral
        /// A path that outlives its version.
        case alwaysAvailable
        /// Nobody: the fields say which methods and versions there are (`OPTIONS`); the status is 204.
        case discovery
        /// Nobody: the request is refused.
        case refused(ApiProblem)
    }

    /// What answers, as it is kept: small, because every request makes one and hands it around.
    enum Kind: Sendable, Hashable {
        case served
        case neutral
        case alwaysAvailable
        case discovery
        case refused(ApiProblem.Box)
    }

    let kind: Kind
    let matched: ApiLifecycle.Route?
    let chosen: ApiLifecycle.Version?
    let why: Why?
    private let parameters: [String: String]
    /// Who is pinned to the version.
    private let consumer: String?
    /// What the version or its route is at this moment.
    public let state: LifecycleState?
    /// The fields to add to the answer, whatever its status; they replace those of a handler.
    public let fields: HTTPFields

    init(
        _ kind: Kind, _ fields: HTTPFields, matched: ApiLifecycle.Route? = nil, parameters: [String: String] = [:],
        chosen: ApiLifecycle.Version? = nil, why: Why? = nil, consumer: String? = nil, state: LifecycleState? = nil
    ) {
        self.kind = kind
        self.matched = matched
        self.parameters = parameters
        self.chosen = chosen
        self.why = why
        self.consumer = why == .pinned ? consumer : nil
        self.state = state
        self.fields = fields
    }

    /// What answers.
    public var outcome: Outcome {
        switch kind {
        case .served: matched.map { .served($0.node.operation, parameters: parameters) } ?? .discovery
        case .neutral: .neutral
        case .alwaysAvailable: .alwaysAvailable
        case .discovery: .discovery
        case .refused(let box): .refused(box.problem)
        }
    }

    /// The version; nil: none was chosen.
    public var version: ApiVersion? { chosen?.node.version }

    /// Why this version; nil: none was chosen.
    public var reason: Reason? { why.flatMap { chosen?.reason($0, consumer) } }

    /// The route that the request leads to, served or not; nil: none.
    public var route: ApiRouteNode? { matched?.node }

    /// The status where no handler is asked; nil: the handler decides.
    public var status: Int? {
        switch kind {
        case .refused(let box): box.problem.status
        case .discovery: 204
        case .served, .neutral, .alwaysAvailable: nil
        }
    }

    /// The refusal; nil: the request is served.
    public var problem: ApiProblem? {
        if case .refused(let box) = kind { box.problem } else { nil }
    }
}

extension ApiDecision: Hashable {
    /// Whether all that they say is the same.
    public static func == (left: ApiDecision, right: ApiDecision) -> Bool {
        left.outcome == right.outcome && left.route == right.route && left.version == right.version
            && left.reason == right.reason && left.state == right.state && left.fields == right.fields
    }

    /// Feeds what tells decisions apart best.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(outcome)
        hasher.combine(version)
        hasher.combine(state)
    }
}

extension ApiDecision: CustomStringConvertible {
    /// The decision in a line: `v1, named by path "/{version}/", deprecated: checkout.place-order`.
    public var description: String {
        let chosen = [version?.description, reason?.description, state?.rawValue].compactMap { $0 }
        let head = chosen.isEmpty ? "no version" : chosen.joined(separator: ", ")
        return switch outcome {
        case .served(let operation, _): "\(head): \(operation)"
        case .neutral: "a path without versions"
        case .alwaysAvailable: "\(head): a path that is always available"
        case .discovery: "\(head): which methods and versions there are"
        case .refused(let problem): "\(head): status \(problem.status), \(problem.code.name), \(problem.detail)"
        }
    }
}

extension ApiDecision.Reason: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .named(let reader): "named by \(reader.parts.word) \"\(reader.parts.text)\""
        case .contentType: "the version of the body"
        case .wildcard: "left to the server by Accept"
        case .pinned(let consumer): "`\(consumer)` is pinned to it"
        case .unspecified: "the default"
        }
    }
}
