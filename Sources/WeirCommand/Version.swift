// SPDX-License-Identifier: Apache-2.0

/// What this build is.
enum Version {
    /// The release, as the changelog names it.
    static let release = "0.1.0"
    /// The edition of the grammar that it reads.
    static let edition = 1
    /// One line, as `--version` prints it.
    static let text = "weir \(release) (edition \(edition))"
}
