// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Why a request is refused, as the body of the answer says it (RFC 9457).
public struct ApiProblem: Sendable, Hashable {
    /// The media type of the body.
    public static let mediaType = "application/problem+json"

    /// The kinds of refusal.
    public struct Code: Sendable, Hashable {
        /// The last part of the problem's `type`.
        public let name: String
        /// The problem in a few words.
        public let title: String

        /// A version that does not exist, or not yet.
        public static let unsupportedVersion = Code(name: "unsupported-version", title: "Unsupported version")
        /// What stands where a version is due is none.
        public static let malformedVersion = Code(name: "malformed-version", title: "Malformed version")
        /// The request names two versions.
        public static let ambiguousVersion = Code(name: "ambiguous-version", title: "Ambiguous version")
        /// The request names no version, and there is no default.
        public static let unspecifiedVersion = Code(name: "unspecified-version", title: "Unspecified version")
        /// None of the versions that `Accept` names lives.
        public static let notAcceptable = Code(name: "not-acceptable", title: "No acceptable version")
        /// The body is of a version that does not exist.
        public static let unsupportedMediaType = Code(name: "unsupported-media-type", title: "Unsupported media type")
        /// The version or the route is switched off for good.
        public static let sunset = Code(name: "sunset", title: "Gone")
        /// The version is switched off for a while.
        public static let brownout = Code(name: "brownout", title: "Switched off for a while")
        /// The version has no such route.
        public static let unknownRoute = Code(name: "unknown-route", title: "No such route")
        /// The route has another method.
        public static let wrongMethod = Code(name: "wrong-method", title: "Method not allowed")
        /// The path is not below the API's base.
        public static let outside = Code(name: "outside", title: "Not of this API")
        /// A path that leads up, or is none.
        public static let malformedPath = Code(name: "malformed-path", title: "Malformed path")
        /// A weight of `Accept` that is none.
        public static let malformedAccept = Code(name: "malformed-accept", title: "Malformed Accept")
        /// More than a decision looks at.
        public static let tooLarge = Code(name: "too-large", title: "Too large")
    }

    /// The kind.
    public let code: Code
    /// The status of the answer.
    public let status: Int
    /// What is wrong with this very request.
    public let detail: String
    /// The path of the request, without its query.
    public let instance: String
    /// The version that was asked for; nil: none, or one that cannot be read.
    public let version: ApiVersion?
    /// The versions that are served.
    public let supported: [ApiVersion]
    /// When the version or route was, or will be, switched off.
    public let sunset: Instant?
    /// What takes its place: a version, a path or an address.
    public let successor: String?
    /// A page that helps.
    public let docs: String?

    /// A problem by reference, so that decisions without one stay small.
    final class Box: Sendable, Hashable {
        let problem: ApiProblem

        init(_ problem: ApiProblem) { self.problem = problem }

        static func == (left: Box, right: Box) -> Bool { left.problem == right.problem }
        func hash(into hasher: inout Hasher) { hasher.combine(problem) }
    }

    /// The members of the body.
    public var json: JSON {
        var members: [String: JSON] = [
            "type": .string("urn:weir:problem:\(code.name)"), "title": .string(code.title),
            "status": .integer(Int64(status)), "detail": .string(detail), "instance": .string(instance),
            "supported": .array(supported.map { .string($0.description) }),
        ]
        if let version { members["version"] = .string(version.description) }
        if let sunset { members["sunset"] = .string(sunset.description) }
        if let successor { members["successor"] = .string(successor) }
        if let docs { members["docs"] = .string(docs) }
        return .object(members)
    }

    /// The body, as UTF-8.
    public var body: [UInt8] { json.canonicalBytes }
}

/// A refusal before it is known what else the answer says.
struct Refusal: Error, Hashable {
    let code: ApiProblem.Code
    let status: Int
    let detail: String
    var version: ApiVersion?
}

extension ApiProblem.Code {
    /// How the request missed its version, where a policy may choose the status.
    var fault: ApiNode.Fault? {
        switch self {
        case .unsupportedVersion: .unknown
        case .malformedVersion: .malformed
        case .ambiguousVersion: .ambiguous
        case .unspecifiedVersion: .unspecified
        case .notAcceptable: .unacceptable
        case .unsupportedMediaType: .unknownBody
        default: nil
        }
    }
}
