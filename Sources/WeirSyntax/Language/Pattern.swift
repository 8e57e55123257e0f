// SPDX-License-Identifier: Apache-2.0

/// The notation of the table's patterns:
///
/// - a bare word is a keyword; `calls/call` accepts either, the formatter writes what stands there; `,` and `=` are themselves
/// - `<slot:type>` is a value; `<slot:type,...>` is a list of one or more, separated by commas
/// - `a+b` joins types; `=x/y` is one of the words; `!x` is a flag: the word `x` stands there or not
/// - `[ … ]` may be left out; `( … | … )` is a choice
///
/// Types: `name`, `path`, `text`, `literal`, `rule`, `method`, `step` (a kind of step), `integer`, `count`, `duration`, `rate`,
/// `percent`, `factor`, `date`, `instant`, and of several words: `outcome`, `key`, `reply` (`status N`), `window`
/// (`from D to D`, `until D`), `bound` (`exactly N`, `at most N`, `at least N`), `answer`, `period` (`12 months`), `version`,
/// `reader` (`header "…"`), `consumer` (`claim "…"`), `header-pair`, `field-pair`, `filter` (``FilterWords``). `size` is
/// `64KiB`. Count, duration, rate, percent and factor may be a `$constant`.
indirect enum Pattern: Sendable, Hashable {
    case sequence([Pattern])
    case choice([Pattern])
    case optional(Pattern)
    /// Any number of times, none included; the notation has no sign for it, and what is repeated is never empty.
    case repeated(Pattern)
    case words([String])
    case value(Slot, [ValueType], isList: Bool)
    /// A token of one of the kinds inside of a value of several words; the notation has no sign for it.
    case tokens(KindSet)
}
