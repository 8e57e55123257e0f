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

    /// What answers.
    public let outcome: Outcome
    let matched: ApiLifecycle.Route?
    let chosen: ApiLifecycle.Version?
    /// Why this version; nil: none was chosen.
    public let reason: Reason?
    /// What the version or its route is at this moment.
    public let state: LifecycleState?
    /// The fields to add to the answer, whatever its status; they replace those of a handler.
    public let fields: HTTPFields

    init(
        _ outcome: Outcome, _ fields: HTTPFields, matched: ApiLifecycle.Route? = nil,
        chosen: ApiLifecycle.Version? = nil, reason: Reason? = nil, state: LifecycleState? = nil
    ) {
        self.outcome = outcome
        self.matched = matched
        self.chosen = chosen
        self.reason = reason
        self.state = state
        self.fields = fields
    }

    /// The version; nil: none was chosen.
    public var version: ApiVersion? { chosen?.node.version }

    /// The route that the request leads to, served or not; nil: none.
    public var route: ApiRouteNode? { matched?.node }

    /// The status where no handler is asked; nil: the handler decides.
    public var status: Int? {
        switch outcome {
        case .refused(let problem): problem.status
        case .discovery: 204
        case .served, .neutral, .alwaysAvailable: nil
        }
    }

    /// The refusal; nil: the request is served.
    public var problem: ApiProblem? {
        if case .refused(let problem) = outcome { problem } else { nil }
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
