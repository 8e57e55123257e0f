// SPDX-License-Identifier: Apache-2.0

/// Word that the files of a workspace may have changed; what changed is found out by reading them.
public struct WatchNotice: Sendable, Hashable {
    /// How the change came to notice.
    public enum Cause: Sendable, Hashable {
        /// The kernel told of it.
        case event
        /// The kernel lost notices, so everything may have changed.
        case overflow
        /// The slow look through the tree found it.
        case poll
    }

    /// How the change came to notice.
    public let cause: Cause
    /// The directories under watch now.
    public let watchedDirectories: Int
    /// Why some directories are not under watch and depend on the slow poll; nil: all are.
    public let degraded: String?
}
