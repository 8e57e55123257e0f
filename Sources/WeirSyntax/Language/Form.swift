// SPDX-License-Identifier: Apache-2.0

/// The statements of the language, one case a row of the ``LanguageTable``.
public enum Form: UInt8, Sendable, Hashable, CaseIterable {
    // Files
    case edition, package, use, constant, allow
    // Pipelines
    case defaults, defaultRetry, defaultBreaker, defaultLimit, defaultBulkhead
    case sharedBreaker, sharedBulkhead, sharedLimit, sharedRetry, sharedBudget
    case policy, remove, before, after
    case deadline, timeout, limit, bulkhead, retry, breaker, hedge, fallback, cache, coalesce, throttle, chaosStep
    // Settings of steps
    case abandon, per, when, mode, adoptShadow
    case wait, waitInTurn, giveUp, honourRetryAfter, obeyRetryAfter, ignoreRetryAfter, budget, repeatUnsafe,
        ignoreChains
    case trip, over, stayOpen, stayOpenInTurn, probe, settle, whileProbing, whileOpen, count, ignore
    case queue, burst, limitWait, startWith, cost, limitKind
    case noOlderThan, within
    case adapt, sample, divide, part, learn, hold, throttleOver, reject, aggression, fail, delay, chaosEnd
    // The call graph
    case service, operation, owner, tier, route, idempotent, notIdempotent, load, latency, answersWithin, calls,
        publishes, objective
    // Events
    case event, eventField, eventSchema, eventKey, eventDeprecated, eventSunset, eventSuccessor, eventReason
    case exchange, exchangeKind, carries, unroutedTo, unroutedRefused
    case queueDeclaration, queueKind, holdMessages, holdBytes, expireAfter, deliverTimes, deadLetter
    case subscription, from, `where`, through, deliver, handlerPolicy, prefetch, once, inOrder, inOrderBy, lock,
        redeliver,
        stopAfterHops
    case atOnce, inPlace, park
    case bus, eventSource, envelope, target, delays, acknowledgeWithin
    case publish, windowMessages, windowBytes, publishTimeout, outbox
    case saga, startWhen, correlateBy, sagaStep, sagaCall, sagaPublish, await, failWhen, compensate, timeLimit
    case audit, keep
    case chaosProfile, duplicateEvents, delayEvents, dropAcks, profileFor
    // APIs
    case api, servedBy, apiBase, supportAfterDeprecation, supportAfterSuccessor, announceAhead, neverShorten
    case chooseVersion, disagreement, withoutVersion, pin, nearestEarlier, neutral, alwaysAvailable
    case unknownVersion, malformedVersion, ambiguousVersion, unspecifiedVersion, unacceptableVersion, unknownBodyVersion
    case countUsage, usageAlert
    case version, released, announced, deprecated, sunset, removed, stability, successor, guide, lifecycleReason
    case brownout, grace, afterSunset, emergency, apiRoute, removeRoute, routeSuccessor
    // Environments
    case environment, policyOverlay, operationOverlay
    // Tests
    case test, inEnvironment, starting, given, whenCalls, whenRequest, whenEvent, then

    /// All forms by ordinal.
    static let all = Form.allCases
}
