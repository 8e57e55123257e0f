// SPDX-License-Identifier: Apache-2.0

/// The types of values in slots.
public enum ValueType: Sendable, Hashable {
    case name, path, text, literal, rule, method, step
    case integer, count, duration, rate, percent, factor, size, date, instant
    case outcome, key, reply, window, bound, answer
    /// A condition on an event, as ``FilterWords`` say: one value of many tokens, in YAML a mapping.
    case filter
    /// One of these words.
    case oneOf([String])
    /// The word, or nothing; in YAML `true`.
    case flag(String)
}
