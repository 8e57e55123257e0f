// SPDX-License-Identifier: Apache-2.0

/// What a call hands down to the calls that its operation makes: until when, which attempt, and whether it is a
/// repetition.
///
/// It travels with the task. A ``ContextCarrier`` takes it to the next service.
public struct CallContext: Sendable, Hashable {
    /// The context of the running operation; nil outside of one.
    @TaskLocal public static var current: CallContext?

    /// Until when the callers above wait, in the engine clock's nanoseconds; `UInt64.max`: for ever.
    public var deadline: UInt64
    /// Which attempt this is, from 1.
    public var attempt: Int
    /// Whether a layer above repeats itself, so that retries below would multiply.
    public var isRetry: Bool

    /// A context.
    public init(deadline: UInt64 = .max, attempt: Int = 1, isRetry: Bool = false) {
        self.deadline = deadline
        self.attempt = attempt
        self.isRetry = isRetry
    }
}

/// Headers of a request, to be written or read.
public protocol ContextCarrier {
    /// The first value of a header; the name is in lower case.
    subscript(header name: String) -> String? { get set }
}

extension CallContext {
    /// The milliseconds that are left.
    public static let deadlineHeader = "x-deadline-ms"
    /// Which attempt it is.
    public static let attemptHeader = "x-attempt"
    /// `1` below a repetition.
    public static let retryChainHeader = "x-retry-chain"
    /// The longest deadline that is read from a request, in milliseconds: a day.
    public static let longestMilliseconds: UInt64 = 86_400_000
    /// The highest attempt that is read from a request.
    public static let highestAttempt = 1000

    /// Writes the headers; the deadline as what is left of it, rounded down.
    public func inject(into carrier: inout some ContextCarrier, at now: UInt64) {
        if deadline != .max { carrier[header: Self.deadlineHeader] = String(deadline.since(now) / 1_000_000) }
        carrier[header: Self.attemptHeader] = String(attempt)
        if isRetry { carrier[header: Self.retryChainHeader] = "1" }
    }

    /// Reads the headers; whatever is missing or unreadable counts as not said.
    public init(from carrier: some ContextCarrier, at now: UInt64) {
        self.init()
        if let text = carrier[header: Self.deadlineHeader], let left = UInt64(text) {
            deadline = now.adding(min(left, Self.longestMilliseconds) * 1_000_000)
        }
        if let text = carrier[header: Self.attemptHeader], let number = Int(text) {
            attempt = min(max(number, 1), Self.highestAttempt)
        }
        isRetry = attempt > 1 || carrier[header: Self.retryChainHeader] == "1"
    }
}
