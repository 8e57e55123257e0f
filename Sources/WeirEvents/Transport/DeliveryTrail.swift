// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What a message has been through, carried with it in headers of our own.
///
/// No name begins with `x-`: brokers trust, overwrite or drop such headers, each version differently.
public struct DeliveryTrail: Sendable, Hashable {
    /// How often it was handled before.
    public var attempts = 0
    /// When the first attempt began.
    public var firstAttempt: Timestamp?
    /// What the waits remember from one to the next.
    public var memory: UInt64 = 0
    /// How the last attempt failed.
    public var error: String?
    /// Why it was given up.
    public var reason: RedeliverySchedule.Reason?
    /// The subscription that gave it up.
    public var subscription: String?
    /// Whether it is a copy that a chaos profile made.
    public var isDuplicate = false

    /// The longest ``error`` that travels, in bytes.
    public static let mostErrorBytes = 512

    /// A message that has been through nothing.
    public init() {}

    private static let attemptsHeader = "policy-attempt"
    private static let firstHeader = "policy-first-failure"
    private static let memoryHeader = "policy-memory"
    private static let errorHeader = "policy-error"
    private static let reasonHeader = "policy-reason"
    private static let subscriptionHeader = "policy-subscription"
    private static let duplicateHeader = "policy-duplicate"

    /// The names of all headers that it may have.
    public static let names: Set<String> = [
        attemptsHeader, firstHeader, memoryHeader, errorHeader, reasonHeader, subscriptionHeader, duplicateHeader,
    ]

    /// The headers; none where it has been through nothing.
    public var headers: [String: String] {
        var headers: [String: String] = [:]
        if attempts > 0 { headers[Self.attemptsHeader] = String(attempts) }
        headers[Self.firstHeader] = firstAttempt?.description
        if memory > 0 { headers[Self.memoryHeader] = String(memory) }
        headers[Self.errorHeader] = error
        headers[Self.reasonHeader] = reason?.rawValue
        headers[Self.subscriptionHeader] = subscription
        if isDuplicate { headers[Self.duplicateHeader] = "true" }
        return headers
    }

    /// Reads the headers; whatever is missing or forged beyond sense counts as not said.
    public init(headers: [String: String]) {
        if let text = headers[Self.attemptsHeader], let number = Int(text),
            (0...RetryPolicy.largestAttempts).contains(number)
        {
            attempts = number
        }
        firstAttempt = headers[Self.firstHeader].flatMap { Timestamp($0) }
        memory = headers[Self.memoryHeader].flatMap { UInt64($0) } ?? 0
        error = headers[Self.errorHeader].map { String($0.prefix(Self.mostErrorBytes)) }
        reason = headers[Self.reasonHeader].flatMap { RedeliverySchedule.Reason(rawValue: $0) }
        subscription = headers[Self.subscriptionHeader]
        isDuplicate = headers[Self.duplicateHeader] == "true"
    }
}
