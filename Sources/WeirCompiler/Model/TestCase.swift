// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A `test` block, with its names resolved: what the simulation plays and what must have happened.
public struct TestCase: Sendable, Hashable {
    /// A stretch of virtual time from the test's start; the end is not part of it.
    public struct Window: Sendable, Hashable {
        /// From when on.
        public let from: Duration
        /// Until when; nil: to the end.
        public let until: Duration?

        /// A stretch.
        public init(from: Duration = .zero, until: Duration? = nil) {
            self.from = from
            self.until = until
        }
    }

    /// How an operation behaves for a while.
    public struct Given: Sendable, Hashable {
        /// What it does with a call.
        public enum Behaviour: Sendable, Hashable {
            /// It answers with a status.
            case status(Int)
            /// It takes so long to answer.
            case takes(Duration)
            /// It refuses connections.
            case down
        }

        /// The operation.
        public let operation: QualifiedName
        /// What it does.
        public let behaviour: Behaviour
        /// When it does so.
        public let window: Window
        /// Where this is written.
        public let place: SourcePlace
    }

    /// Calls that the test makes.
    public struct Stimulus: Sendable, Hashable {
        /// How many.
        public let calls: Int
        /// To which operation.
        public let operation: QualifiedName
        /// The time from one call to the next.
        public let every: Duration
        /// When the first one is made.
        public let from: Duration
        /// Where this is written.
        public let place: SourcePlace
    }

    /// An event that the test publishes when it begins.
    public struct Publication: Sendable, Hashable {
        /// Its type.
        public let event: QualifiedName
        /// The exchange that it is published to.
        public let exchange: QualifiedName
        /// Its fields.
        public let fields: [String: FilterScalar]
        /// Where this is written.
        public let place: SourcePlace
    }

    /// A request that the test sends to an API.
    public struct Request: Sendable, Hashable {
        /// The method.
        public let method: String
        /// The path, from the root on, with its query.
        public let path: String
        /// The API.
        public let api: QualifiedName
        /// The header fields, in order.
        public let fields: [HeaderField]
        /// When it is sent; nil: at the test's start.
        public let at: Instant?
        /// Where this is written.
        public let place: SourcePlace
    }

    /// A header field of a request or an answer.
    public struct HeaderField: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: String
    }

    /// What must have happened.
    public struct Expectation: Sendable, Hashable {
        /// A bound on a number of calls.
        public enum Bound: Sendable, Hashable {
            case exactly(Int)
            case atMost(Int)
            case atLeast(Int)
        }

        /// What callers get.
        public enum Answer: Sendable, Hashable {
            case success
            case failure
            case fallback
            case status(Int)
        }

        /// A breaker's state.
        public enum BreakerState: String, Sendable, Hashable {
            case open
            case closed
            case halfOpen = "half-open"
        }

        /// The claim.
        public enum Claim: Sendable, Hashable {
            /// The breaker of a shared step or of a policy is in a state, at a time or at the end.
            case breaker(QualifiedName, is: BreakerState, at: Duration?)
            /// So many calls reach an operation, by a time or by the end.
            case receives(QualifiedName, Bound, by: Duration?)
            /// The callers of an operation, whose calls are made in the window, get this answer, in this time.
            case answers(QualifiedName, Answer, within: Duration?, Window)
            /// Each of the subscriptions gets an event of the test; not expected: none of them does.
            case delivered([QualifiedName], isExpected: Bool)
            /// A queue gets an event that was given up.
            case deadLettered(QualifiedName)
            /// Every request gets this version.
            case version(ApiVersion)
            /// Every request is answered with this status.
            case status(Int)
            /// Every answer has this header field.
            case header(HeaderField)
        }

        /// The claim.
        public let claim: Claim
        /// The claim in the words of the language.
        public let text: String
        /// Where it is written.
        public let place: SourcePlace
    }

    /// What the test shows.
    public let name: String
    /// The package it is declared in.
    public let package: String
    /// The environment whose settings hold; nil: the base.
    public let environment: String?
    /// The moment at which it begins, as seconds since 1970; nil: none in particular.
    public let starting: Int64?
    /// How operations behave, later ones over earlier ones.
    public let given: [Given]
    /// The calls it makes.
    public let stimuli: [Stimulus]
    /// The events it publishes, in order.
    public let publications: [Publication]
    /// The requests it sends, in order.
    public let requests: [Request]
    /// What must have happened.
    public let expectations: [Expectation]
    /// Where it is declared.
    public let place: SourcePlace
}
