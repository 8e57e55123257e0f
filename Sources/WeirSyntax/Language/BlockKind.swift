// SPDX-License-Identifier: Apache-2.0

/// The places where statements may stand; a row names those it belongs to, and the one that its own block is.
public enum BlockKind: UInt8, Sendable, Hashable, CaseIterable {
    case file, defaults, policy, inserted, deadline, timeout, limit, bulkhead, retry, breaker, fallback
    case cache, coalesce, throttle, hedge, chaosStep
    case service, operation, environment, test
    case event, exchange, queue, subscription, redeliver, bus, publish, saga, sagaStep, audit, chaosProfile
    case api, version, apiRoute

    /// In YAML the key whose list holds the steps of this block, in order; nil where steps do not stand.
    public var stepList: String? {
        switch self {
        case .policy: "steps"
        case .inserted: "insert"
        default: nil
        }
    }
}
