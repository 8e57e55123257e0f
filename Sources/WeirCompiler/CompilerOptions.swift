// SPDX-License-Identifier: Apache-2.0

/// What the compiler must be told beyond the files.
public struct CompilerOptions: Sendable, Hashable {
    /// Whether the files' paths begin at a known workspace root; then `package` must equal the file's directory.
    public let rootIsKnown: Bool

    /// Options; without a known root, `package` statements are taken as they stand.
    public init(rootIsKnown: Bool = false) { self.rootIsKnown = rootIsKnown }
}
