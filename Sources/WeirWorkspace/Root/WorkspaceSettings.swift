// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What `weir.yaml` says about a workspace.
public struct WorkspaceSettings: Sendable, Hashable {
    /// Changes within so short a time are one reload.
    public static let defaultDebounce: Duration = .milliseconds(100)
    /// How often the tree is looked through in case the system did not tell of a change.
    public static let defaultPoll: Duration = .seconds(10)
    /// The bounds of the debounce.
    public static let debounceBounds: ClosedRange<Duration> = .milliseconds(1) ... .seconds(60)
    /// The bounds of the poll.
    public static let pollBounds: ClosedRange<Duration> = .milliseconds(100) ... .seconds(3600)
    /// The most paths that may be excluded.
    public static let mostExcluded = 1000

    /// The directory of the policy files relative to the root; empty: the root itself.
    public let policies: String
    /// Files and directories relative to the root that are no part of the workspace.
    public let exclude: [String]
    /// How long the files must be at rest before a reload, 1 ms to 1 min.
    public let debounce: Duration
    /// The time from one look through the tree to the next, 100 ms to 1 h.
    public let poll: Duration

    /// The settings of a workspace; paths are relative to its root and stay inside of it.
    /// - Throws: `InvalidValue` when a value is out of its bounds or a path leads out of the workspace.
    public init(
        policies: String = "", exclude: [String] = [], debounce: Duration = WorkspaceSettings.defaultDebounce,
        poll: Duration = WorkspaceSettings.defaultPoll
    ) throws(InvalidValue) {
        self.policies = try Self.inside(policies, "policies")
        guard exclude.count <= Self.mostExcluded else {
            throw InvalidValue(
                setting: "exclude", found: "\(exclude.count)", rule: "at most \(Self.mostExcluded) paths")
        }
        var paths: [String] = []
        for path in exclude { paths.append(try Self.inside(path, "exclude")) }
        self.exclude = paths
        self.debounce = try Self.within(Self.debounceBounds, debounce, "debounce")
        self.poll = try Self.within(Self.pollBounds, poll, "poll")
    }

    private init() {
        policies = ""
        exclude = []
        debounce = Self.defaultDebounce
        poll = Self.defaultPoll
    }

    /// What holds without a `weir.yaml`.
    public static let standard = WorkspaceSettings()

    private static func inside(_ path: String, _ setting: String) throws(InvalidValue) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard !path.hasPrefix("/") && !parts.contains("..") else {
            throw InvalidValue(setting: setting, found: path, rule: "a path inside the workspace")
        }
        return parts.joined(separator: "/")
    }

    private static func within(
        _ bounds: ClosedRange<Duration>, _ value: Duration, _ setting: String
    ) throws(InvalidValue) -> Duration {
        guard bounds.contains(value) else {
            throw InvalidValue(
                setting: setting, found: value.weirText,
                rule: "\(bounds.lowerBound.weirText) to \(bounds.upperBound.weirText)")
        }
        return value
    }
}
