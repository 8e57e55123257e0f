// SPDX-License-Identifier: Apache-2.0

/// The bus cannot start, or a new set of policies does not fit what it runs.
public struct EventBusError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `handlers`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Subscriptions without a handler, or handlers without a subscription.
        public static let handlers = Code(rawValue: "handlers")
        /// The chaos profile is not declared.
        public static let chaosProfile = Code(rawValue: "chaos-profile")
        /// The bus is serving already.
        public static let serving = Code(rawValue: "serving")
        /// A subscription that is being served would have to move to another queue.
        public static let queueMoved = Code(rawValue: "queue-moved")
        /// The service has attached no bus.
        public static let notAttached = Code(rawValue: "not-attached")
        /// A handler's policy cannot be enforced.
        public static let policy = Code(rawValue: "policy")
    }

    /// Why.
    public let code: Code
    /// What is wrong, one thing a line.
    public let problems: [String]

    package init(_ code: Code, _ problems: [String]) {
        self.code = code
        self.problems = problems
    }

    /// All problems, one a line.
    public var description: String {
        problems.map { "error[events/\(code.rawValue)]: \($0)" }.joined(separator: "\n")
    }
}
