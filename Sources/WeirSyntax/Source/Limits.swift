// SPDX-License-Identifier: Apache-2.0

/// The bounds of what the front end reads; beyond each stands a diagnostic, never a crash.
public enum Limits {
    /// The largest policy file, in bytes.
    public static let fileBytes = 1 << 20
    /// The deepest nesting of blocks, or of YAML collections.
    public static let nesting = 64
    /// The most declarations in one file.
    public static let declarations = 10_000
    /// The most YAML nodes that all aliases of a file together may expand to.
    public static let aliasNodes = 10_000
    /// The deepest nesting of parentheses and `not` in a filter.
    public static let filterDepth = 16
    /// The most tests in one filter.
    public static let filterTests = 64
    /// The most diagnostics that one file reports.
    public static let diagnosticsPerFile = 200
    /// The longest line that a rendered diagnostic shows, in columns.
    public static let renderedColumns = 200
}
