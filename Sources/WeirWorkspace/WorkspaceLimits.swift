// SPDX-License-Identifier: Apache-2.0

/// The bounds of what is read from and watched in a directory tree; beyond each stands a diagnostic, never a crash.
public enum WorkspaceLimits {
    /// The most policy files of one workspace.
    public static let files = 50_000
    /// The most directories that are searched for policy files.
    public static let directories = 10_000
    /// The most entries of one directory that are looked at.
    public static let directoryEntries = 200_000
    /// The deepest directory below the root.
    public static let depth = 64
    /// The bytes of all policy files together.
    public static let totalBytes = 512 << 20
    /// The largest `weir.yaml`, in bytes.
    public static let settingsBytes = 64 << 10
    /// How often a file or a tree that changes while it is read is read again.
    public static let readAttempts = 5
    /// The most directories under watch; what is beyond is seen by the slow poll only.
    public static let watches = 8192
    /// How many debounce lengths an unbroken stream of changes may hold back a notice.
    public static let debounceStretch = 10
}
