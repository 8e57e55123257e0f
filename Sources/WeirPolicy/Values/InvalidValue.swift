// SPDX-License-Identifier: Apache-2.0

/// A value out of its bounds: which setting, what was found, what is allowed.
public struct InvalidValue: Error, Sendable, Hashable, CustomStringConvertible {
    /// The setting in the words of the language, such as `up to … attempts`.
    public let setting: String
    /// The value that was found, as a person would write it.
    public let found: String
    /// The rule that it breaks, such as `at least 1`.
    public let rule: String

    /// Makes the error from its three facts.
    public init(setting: String, found: String, rule: String) {
        self.setting = setting
        self.found = found
        self.rule = rule
    }

    /// One line: the setting, the rule, the value found.
    public var description: String { "`\(setting)` must be \(rule), and `\(found)` is not" }
}

/// Throws ``InvalidValue`` unless the condition holds.
func require(
    _ condition: Bool, _ setting: @autoclosure () -> String, _ found: @autoclosure () -> String,
    _ rule: @autoclosure () -> String
) throws(InvalidValue) {
    guard condition else { throw InvalidValue(setting: setting(), found: found(), rule: rule()) }
}
