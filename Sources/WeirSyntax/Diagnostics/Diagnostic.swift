// SPDX-License-Identifier: Apache-2.0

/// One finding about a text: what is wrong, where, why, and what would help.
public struct Diagnostic: Sendable, Hashable {
    /// How grave it is.
    public enum Severity: UInt8, Sendable, Hashable, Comparable {
        case error, warning, information

        /// Whether the left one is graver.
        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    /// A few words at a place.
    public struct Label: Sendable, Hashable {
        /// The file, relative to the workspace root.
        public let file: String
        /// The bytes it is about.
        public let range: SourceRange
        /// Why here; may be empty for a primary label whose message says it all.
        public let text: String

        /// Words at a place.
        public init(file: String, range: SourceRange, text: String = "") {
            self.file = file
            self.range = range
            self.text = text
        }
    }

    /// What would help, with the edit where that is sure.
    public struct Help: Sendable, Hashable {
        /// How far an edit may be trusted.
        public enum Applicability: String, Sendable, Hashable {
            /// The same meaning, or exactly what was asked.
            case safe
            /// It changes behaviour.
            case unsafe
            /// A template to fill in.
            case display
        }

        /// The advice, in the imperative.
        public let text: String
        /// The replacements that carry it out, in one file, not overlapping; empty: advice only.
        public let edits: [Edit]
        /// How far they may be trusted.
        public let applicability: Applicability

        /// Advice, with edits where they are sure.
        public init(_ text: String, edits: [Edit] = [], applicability: Applicability = .display) {
            self.text = text
            self.edits = edits
            self.applicability = applicability
        }
    }

    /// A replacement of bytes in one file.
    public struct Edit: Sendable, Hashable {
        /// The file, relative to the workspace root.
        public let file: String
        /// The bytes to replace.
        public let range: SourceRange
        /// What stands there afterwards.
        public let replacement: String

        /// Replaces the range by the text.
        public init(file: String, range: SourceRange, replacement: String) {
            self.file = file
            self.range = range
            self.replacement = replacement
        }
    }

    /// Which finding it is, stable for ever.
    public let id: DiagnosticID
    /// How grave it is.
    public let severity: Severity
    /// What is wrong: lower case, one clause, no full stop, names in backticks.
    public let message: String
    /// The smallest place that shows it.
    public let primary: Label
    /// Further places with the facts that entered the verdict.
    public let secondary: [Label]
    /// Facts without a place.
    public let notes: [String]
    /// Advice, best first; at most one with an edit.
    public let helps: [Help]

    /// A finding with all its parts.
    public init(
        _ id: DiagnosticID, severity: Severity? = nil, _ message: String, at primary: Label,
        secondary: [Label] = [], notes: [String] = [], helps: [Help] = []
    ) {
        self.id = id
        self.severity = severity ?? id.severity
        self.message = message
        self.primary = primary
        self.secondary = secondary
        self.notes = notes
        self.helps = helps
    }
}
