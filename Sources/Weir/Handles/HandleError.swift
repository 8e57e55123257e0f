// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A handle cannot be given, or a graph cannot serve a handle that was given.
public struct HandleError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `unknown-name`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Nothing has this name.
        public static let unknownName = Code(rawValue: "unknown-name")
        /// Several things have a name that ends like this.
        public static let ambiguousName = Code(rawValue: "ambiguous-name")
        /// The callers of the operation use different policies.
        public static let ambiguousCaller = Code(rawValue: "ambiguous-caller")
        /// The call runs through no policy.
        public static let noPolicy = Code(rawValue: "no-policy")
        /// The policy abandons overdue work, which needs a detachable handle.
        public static let needsDetachable = Code(rawValue: "needs-detachable")
        /// A fallback of the policy names an answer that the handle cannot give.
        public static let fallbackMissing = Code(rawValue: "fallback-missing")
        /// More handles than ``Weir/mostHandles``.
        public static let tooManyHandles = Code(rawValue: "too-many-handles")
    }

    /// Why.
    public let code: Code
    /// The name that the handle was asked for by.
    public let name: String
    /// What is wrong, as one clause.
    public let message: String
    /// Names to choose from, best first.
    public let candidates: [String]
    /// The place in the policy files that asks for what the handle does not give.
    public let place: SourcePlace?
    /// The place in the service's code that asked for the handle, `file:line`.
    public let handle: String

    private let noun: String

    init(
        _ code: Code, _ request: HandleRequest, _ message: String, _ candidates: [String] = [],
        noun: String = "choose one of", place: SourcePlace? = nil, help: String? = nil
    ) {
        self.code = code
        name = request.name
        self.message = help.map { "\(message); \($0)" } ?? message
        self.candidates = candidates
        self.place = place
        self.noun = noun
        handle = request.description
    }

    /// The handle, what is wrong, where, and what to choose from.
    public var description: String {
        var text = "error[handle/\(code.rawValue)]: \(handle): \(message)"
        if let place { text += "\n  --> \(place)" }
        if !candidates.isEmpty { text += "\nhelp: \(noun): " + candidates.map { "`\($0)`" }.joined(separator: ", ") }
        return text
    }
}
