// SPDX-License-Identifier: Apache-2.0

public import WeirSyntax

/// The directory that package names and paths count from, and what its `weir.yaml` says.
public struct WorkspaceRoot: Sendable {
    /// The name of the file that marks a root.
    public static let settingsFile = "weir.yaml"

    /// The absolute path of the directory.
    public let path: String
    /// Whether a `weir.yaml` marks it; without one the given directory is taken for it.
    public let rootIsKnown: Bool
    /// What the settings file says, or what holds without one.
    public let settings: WorkspaceSettings
    /// The faults of the settings file; the settings are the standard ones where it has some.
    public let diagnostics: [Diagnostic]

    /// Finds the workspace that a file or directory belongs to: the nearest directory upwards with a `weir.yaml`.
    ///
    /// - Parameter path: As a person types it, relative to the working directory. A path that leads nowhere belongs to
    ///   the workspace it would belong to; reading it says that it is not there.
    public static func discover(from path: String) -> WorkspaceRoot {
        let given = PathText.absolute(path)
        let kind = (try? FileStamp(of: given))?.kind  // Nothing there: a directory that may come later.
        let start = kind == nil || kind == .directory ? given : PathText.parent(given)
        var candidate = start
        while true {
            if (try? FileStamp(of: PathText.join(candidate, settingsFile))) != nil {  // Not there: look above.
                return WorkspaceRoot(markedAt: candidate)
            }
            let above = PathText.parent(candidate)
            guard above != candidate else { return WorkspaceRoot(unmarkedAt: start) }
            candidate = above
        }
    }

    /// Whether a path, as a person types it, leads to the root itself.
    public func isAt(_ path: String) -> Bool { PathText.absolute(path) == self.path }

    /// The same root with its settings file read anew; a root without one keeps its directory.
    func again() -> WorkspaceRoot {
        let marked = WorkspaceRoot(markedAt: path)
        return rootIsKnown || marked.settingsAreThere ? marked : WorkspaceRoot(unmarkedAt: path)
    }

    private var settingsAreThere: Bool {
        (try? FileStamp(of: PathText.join(path, Self.settingsFile))) != nil  // Any reason is the same answer.
    }

    private init(unmarkedAt path: String) {
        self.path = path
        rootIsKnown = false
        settings = .standard
        diagnostics = []
    }

    private init(markedAt path: String) {
        self.path = path
        rootIsKnown = true
        let location = PathText.join(path, Self.settingsFile)
        switch SteadyRead(location, limit: WorkspaceLimits.settingsBytes) {
        case .bytes(let bytes, _):
            let source = SourceFile(path: Self.settingsFile, form: .yaml, bytes: bytes)
            (settings, diagnostics) = SettingsReader.read(source)
        case let failed:
            settings = .standard
            diagnostics = [failed.problem(path: Self.settingsFile).diagnostic]
        }
    }
}
