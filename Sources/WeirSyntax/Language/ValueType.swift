// SPDX-License-Identifier: Apache-2.0

/// The types of values in slots.
public enum ValueType: Sendable, Hashable {
    case name, path, text, literal, rule, method, step
    case integer, count, duration, rate, percent, factor, size, date, instant
    case outcome, key, reply, window, bound, answer
    /// A condition on an event, as ``FilterWords`` say: one value of many tokens, in YAML a mapping.
    case filter
    /// A span of the calendar (`12 months`), a version of an API (`v2`, `2026-03-01`), a place where a version is read from
    /// (`header "X-API-Version"`), a place where a consumer is named (`claim "sub"`).
    case period, version, reader, consumer
    /// A name with its value: `header "X-API-Version" "v1"`, `region "uk"`; in YAML an entry of a mapping.
    case headerPair, fieldPair
    /// One of these words.
    case oneOf([String])
    /// The word, or nothing; in YAML `true`.
    case flag(String)
}
