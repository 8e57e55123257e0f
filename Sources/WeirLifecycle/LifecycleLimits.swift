// SPDX-License-Identifier: Apache-2.0

/// The most that a decision looks at; requests beyond it are refused before any of it is read.
public enum LifecycleLimits {
    /// Bytes of a path with its query; beyond it: 414.
    public static let longestPath = 8192
    /// Segments of a path; beyond it: 414.
    public static let mostSegments = 128
    /// Bytes of all fields of one name that name versions; beyond it: 431.
    public static let longestField = 16_384
    /// Ranges of `Accept`; beyond it: 431.
    public static let mostRanges = 256
    /// Values of a field that names one version; beyond it: 431.
    public static let mostValues = 16
    /// Parameters of a query; beyond it: 414.
    public static let mostParameters = 256
}
