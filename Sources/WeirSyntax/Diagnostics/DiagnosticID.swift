// SPDX-License-Identifier: Apache-2.0

/// The stable identity of a finding: a path name that people type, and a code that dashboards keep.
public struct DiagnosticID: Sendable, Hashable {
    /// `syntax/bare-number`.
    public let path: String
    /// `S003`; never reused.
    public let code: String
    /// How grave it is unless a workspace says otherwise.
    public let severity: Diagnostic.Severity
    /// What it means, in one sentence.
    public let summary: String

    /// An identity; modules above declare theirs as static members.
    public init(_ path: String, _ code: String, _ severity: Diagnostic.Severity = .error, summary: String) {
        self.path = path
        self.code = code
        self.severity = severity
        self.summary = summary
    }

    /// The name without its category, as `allow` takes it: `bare-number`.
    public var name: String { String(path.split(separator: "/").last ?? "") }
}

extension DiagnosticID {
    /// A word that cannot stand here.
    public static let unexpectedWord = DiagnosticID(
        "syntax/unexpected-word", "S001", summary: "A word that cannot stand here.")
    /// A value of another type, or none, where one is due.
    public static let expectedValue = DiagnosticID(
        "syntax/expected-value", "S002", summary: "A value of another type, or none, where one is due.")
    /// A number without its unit.
    public static let bareNumber = DiagnosticID("syntax/bare-number", "S003", summary: "A number without its unit.")
    /// A number and its unit apart.
    public static let spaceInUnit = DiagnosticID(
        "syntax/space-in-unit", "S004", summary: "A number and its unit apart.")
    /// A block that is not closed.
    public static let unclosedBlock = DiagnosticID(
        "syntax/unclosed-block", "S005", summary: "A block that is not closed.")
    /// A text that is not closed.
    public static let unclosedString = DiagnosticID(
        "syntax/unclosed-string", "S006", summary: "A text that is not closed.")
    /// A statement or key that does not exist here.
    public static let unknownKeyword = DiagnosticID(
        "syntax/unknown-keyword", "S007", summary: "A statement or key that does not exist here.")
    /// A setting given twice.
    public static let repeatedSetting = DiagnosticID(
        "syntax/repeated-setting", "S008", summary: "A setting given twice.")
    /// A date that no calendar has.
    public static let badDate = DiagnosticID("syntax/bad-date", "S009", summary: "A date that no calendar has.")
    /// A YAML value of the wrong shape, or YAML that cannot be read.
    public static let yamlShape = DiagnosticID(
        "syntax/yaml-shape", "S010", summary: "A YAML value of the wrong shape, or YAML that cannot be read.")
    /// A file that cannot be read, or is no UTF-8 text.
    public static let unreadableFile = DiagnosticID(
        "syntax/unreadable-file", "S011", summary: "A file that cannot be read, or is no UTF-8 text.")
    /// More of something than is read.
    public static let limitExceeded = DiagnosticID(
        "syntax/limit-exceeded", "S012", summary: "More of something than is read.")
    /// A number outside of its bounds.
    public static let outOfBounds = DiagnosticID(
        "syntax/out-of-bounds", "S013", summary: "A number outside of its bounds.")
    /// A word that almost is a value.
    public static let malformedValue = DiagnosticID(
        "syntax/malformed-value", "S014", summary: "A word that almost is a value.")
}
