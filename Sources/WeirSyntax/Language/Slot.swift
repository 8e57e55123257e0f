// SPDX-License-Identifier: Apache-2.0

/// The places for values in statements; its ``key`` is the name in the table's patterns and the key in YAML.
public enum Slot: UInt8, Sendable, Hashable, CaseIterable {
    case number, path, `as`, name, value, rules, because, until
    case total, after, rate, calls, shared, attempts, unlimited, extends, step
    case cached, call, using, status, handler
    case abandon, key, most, when
    case first, growing, growingBy, upTo, jitter, waits, then
    case giveUpAfter, share, atLeast, over
    case failing, slowerThan, failuresInARow, failures
    case time, buckets, last, `for`, times, allowing, deciding, within, `else`
    case whileProbing, whileOpen, count, ignore
    case size, order, burst, wait, startWith, cost, kind, noOlderThan
    case external, owner, tier, method, route, by, load, typical, p99, answersWithin, to, event
    case mode, answered, floor, ceiling, least, hold, succeeding, reject, aggression, with
    case running, tokens, each, whenLimited, earning, was, divideBy
    case field, type, schema, deprecated, sunset, removed, successor, reason
    case carries, unroutedTo, holdMessages, holdBytes, expireAfter, deliverTimes, deadLetterTo
    case exchange, matching, `where`, through, prefetch, per, lanes, atOnce, park, stopAfterHops
    case source, envelope, target, rabbitmq, delays, acknowledgeWithin, windowMessages, windowBytes, timeout
    case startWhen, correlateBy, `await`, failWhen, publish, keep, duplicate, dropAcks
    case servedBy, base, supportAfterDeprecation, supportAfterSuccessor, announceAhead, neverShorten, chooseVersionBy
    case versionsThatDisagree, withoutVersion, version, unknownVersionReplies, neutral, alwaysAvailable, countUsageBy
    case malformedVersionReplies, ambiguousVersionReplies, unspecifiedVersionReplies, unacceptableVersionReplies
    case unknownBodyVersionReplies
    case alertWithin, released, announced, stability, guide, afterSunsetReplies
    case emergency, on, header, headerValue, deliveredTo, notDeliveredTo, deadLetteredTo
    case environment, starting, operation, replies, takes, `is`, window, every, from, breaker, at, receives, answers

    /// All slots by ordinal.
    static let all = Slot.allCases
    private static let keys = Slot.allCases.map { kebabCase("\($0)") }

    /// Its name in patterns and its key in YAML: the case's name in kebab case, `up-to`.
    public var key: String { Self.keys[Int(rawValue)] }

    /// The slot of a key.
    static let byKey: [String: Slot] = Dictionary(uniqueKeysWithValues: zip(keys, all))
}

/// `failuresInARow` as `failures-in-a-row`.
func kebabCase(_ name: String) -> String {
    var text = ""
    for character in name {
        if character.isUppercase { text.append("-") }
        text += character.lowercased()
    }
    return text
}
