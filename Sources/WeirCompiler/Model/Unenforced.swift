// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A statement that this version's runtime does not enforce: `Weir.load` refuses it, `weir check` says so.
public struct Unenforced: Sendable, Hashable {
    /// The stable id, such as `hedge`.
    public let id: String
    /// The statement's head as written.
    public let words: String
    /// Where it is written.
    public let place: SourcePlace
}
