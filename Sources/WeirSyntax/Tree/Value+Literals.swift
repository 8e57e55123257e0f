// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A value that is written out or read from a `let`.
public enum Operand<Literal: Sendable & Hashable>: Sendable, Hashable {
    /// Written out.
    case literal(Literal)
    /// `$name`, without its sigil.
    case constant(String)
}

extension Value {
    private var first: ArraySlice<UInt8> { bytes(ofToken: 0) }

    func bytes(ofToken offset: Int) -> ArraySlice<UInt8> {
        guard offset < tokens.count else { return [] }
        let token = tokens[tokens.startIndex + offset]
        return tree.text[Int(token.start)..<token.end]
    }

    func kind(ofToken offset: Int) -> TokenKind {
        offset < tokens.count ? tokens[tokens.startIndex + offset].kind : .unknown
    }

    func word(_ offset: Int) -> String { String(decoding: bytes(ofToken: offset), as: UTF8.self) }

    /// The name of the constant that `$name` reads, without the sigil; nil for other values.
    public var constantName: String? {
        kind == .constant ? String(decoding: first.dropFirst(), as: UTF8.self) : nil
    }

    /// The whole number that it spells; nil for other values and for one too large.
    public func integer() -> Int? { kind == .integer ? Literal.integer(first) : nil }

    /// The duration that it spells, at most 366 days; nil for other values.
    public func duration() -> Duration? { kind == .duration ? Literal.duration(first) : nil }

    /// The rate that it spells; nil for other values and for one out of bounds.
    public func rate() -> Rate? { kind == .rate ? Literal.rate(first) : nil }

    /// The share that a percentage spells; nil for other values and for one out of bounds.
    public func ratio() -> Ratio? { kind == .percent ? Literal.ratio(first) : nil }

    /// The factor that it spells; nil for other values and for one out of bounds.
    public func factor() -> Factor? { kind == .factor ? Literal.factor(first) : nil }

    /// The size in bytes that it spells; nil for other values and for one too large.
    public func size() -> Int? { kind == .size ? Literal.size(first) : nil }

    /// The seconds from the start of 1970 (UTC) to the date or instant that it spells; nil for other values.
    public func secondsSince1970() -> Int64? {
        kind == .date || kind == .instant ? Literal.secondsSince1970(first) : nil
    }

    /// The moment that a date or an instant spells; nil for other values.
    public func instant() -> Instant? { secondsSince1970().map { Instant(secondsSince1970: $0) } }

    /// The span of the calendar that it spells, such as `12 months`; nil for other values and for one out of bounds.
    public func period() -> Period? { kind == .integer && tokens.count == 2 ? Period(text) : nil }

    /// The version that it names; nil for other values.
    public func version() -> ApiVersion? { kind == .string ? nil : ApiVersion(text) }

    /// The place in a request that names its version; nil for other values.
    public func versionReader() -> VersionReader? { string(ofToken: 1).flatMap { VersionReader(word(0), $0) } }

    /// The place in a request that names its consumer; nil for other values.
    public func consumerSource() -> ConsumerSource? { ConsumerSource(word(0), string(ofToken: 1) ?? "") }

    /// The header field that it names with its value; nil for other values.
    public func headerField() -> (name: String, value: String)? {
        guard let name = string(ofToken: 1), let value = string(ofToken: 2) else { return nil }
        return (name, value)
    }

    /// The text that it spells, escapes resolved; a scalar of YAML is taken as it is. Nil for other values.
    public func string() -> String? { kind == .string ? string(ofToken: 0) : nil }

    func string(ofToken offset: Int) -> String? {
        guard kind(ofToken: offset) == .string else { return nil }
        guard tree.source.form == .weir else { return word(offset) }
        return TextLiteral.read(bytes(ofToken: offset))
    }
}
