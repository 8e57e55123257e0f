// SPDX-License-Identifier: Apache-2.0

/// A place in a policy file that a person can open: path, line and column.
public struct SourcePlace: Sendable, Hashable, Comparable {
    /// The path relative to the workspace root, with `/` between its parts.
    public let file: String
    /// The line, counted from 1.
    public let line: Int32
    /// The column, counted in characters from 1.
    public let column: Int32

    /// A place; line and column count from 1.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = Int32(clamping: line)
        self.column = Int32(clamping: column)
    }

    /// Orders by file, line, column.
    public static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

extension SourcePlace: CustomStringConvertible {
    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
}
