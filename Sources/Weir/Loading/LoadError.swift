// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirSyntax

/// A set of policy files, or a bundle, is refused as a whole: what is wrong, ready to print.
public struct LoadError: Error, Sendable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `unenforced`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The files have errors, or cannot be read.
        public static let files = Code(rawValue: "files")
        /// There are no policy files.
        public static let noFiles = Code(rawValue: "no-files")
        /// No file declares the environment.
        public static let unknownEnvironment = Code(rawValue: "unknown-environment")
        /// A policy asks for what this version does not enforce.
        public static let unenforced = Code(rawValue: "unenforced")
        /// A handle that was given could not be served.
        public static let handles = Code(rawValue: "handles")
        /// What serves an API differs from its declaration.
        public static let apis = Code(rawValue: "apis")
        /// The bus cannot route events as they are declared, or cannot change so while it runs.
        public static let events = Code(rawValue: "events")
        /// The bundle cannot be read, or is older than allowed.
        public static let bundle = Code(rawValue: "bundle")
        /// Too many replaced graphs still have calls running.
        public static let busy = Code(rawValue: "busy")
    }

    /// Something that a policy asks for and that this version does not enforce.
    public struct Gap: Sendable, Hashable, CustomStringConvertible {
        /// Its stable name, such as `hedge`.
        public let id: String
        /// What it is, as one clause.
        public let message: String
        /// Where it is written.
        public let place: SourcePlace?

        /// Two lines: what and where.
        public var description: String {
            "error[unenforced/\(id)]: \(message)" + (place.map { "\n  --> \($0)" } ?? "")
        }
    }

    /// Why.
    public let code: Code
    /// The findings in the files, warnings included.
    public let diagnostics: [Diagnostic]
    /// What is not enforced.
    public let gaps: [Gap]
    /// The handles that could not be served.
    public let handles: [HandleError]
    /// The findings as people read them, with the lines of the files; ends without a line feed.
    public let description: String

    init(
        _ code: Code, _ message: String = "", diagnostics: [Diagnostic] = [], rendered: String = "", gaps: [Gap] = [],
        handles: [HandleError] = []
    ) {
        self.code = code
        self.diagnostics = diagnostics
        self.gaps = gaps
        self.handles = handles
        let parts = [message.isEmpty ? "" : "error[load/\(code.rawValue)]: \(message)", rendered.trimmedOfLineFeeds]
        description =
            (parts + gaps.map(\.description) + handles.map(\.description)).filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }
}

extension String {
    /// The text without line feeds at its end.
    fileprivate var trimmedOfLineFeeds: String {
        var text = self[...]
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
