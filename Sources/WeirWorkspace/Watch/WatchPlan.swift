// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Which directories to watch for a workspace, and which of their entries matter.
struct WatchPlan: Sendable {
    /// Why a directory is watched.
    struct Interest: Sendable, Hashable {
        /// Policy files and directories in it matter.
        var isInside = false
        /// Single entries that matter: the next directory on the way to the policy files, the settings file.
        var names: Set<String> = []
    }

    /// The directories by where they are.
    private(set) var directories: [String: Interest] = [:]
    /// What a look at the tree saw, to compare with the next one.
    let walk: TreeWalk
    /// The version of the settings file, nil without one.
    let settings: FileStamp?

    /// Looks through a workspace.
    init(of root: WorkspaceRoot) {
        walk = TreeWalk(of: root)
        settings = try? FileStamp(of: PathText.join(root.path, WorkspaceRoot.settingsFile))  // Not there: no version.
        for directory in walk.directories { directories[directory.location, default: Interest()].isInside = true }
        addWay(to: root)
        addTargets()
    }

    /// Whether two looks found the same.
    func isSame(as other: WatchPlan) -> Bool { walk == other.walk && settings == other.settings }

    /// The directories above the policy files, from the nearest that exists, so that their return is seen.
    private mutating func addWay(to root: WorkspaceRoot) {
        directories[root.path, default: Interest()].names.insert(WorkspaceRoot.settingsFile)
        var inner = PathText.join(root.path, root.settings.policies)
        while inner != "/" {
            let outer = PathText.parent(inner)
            directories[outer, default: Interest()].names.insert(PathText.lastPart(inner))
            let isThere = (try? FileStamp(of: outer)) != nil  // Not there: go further up.
            if isThere && (outer.count < root.path.count || outer == "/") { return }
            inner = outer
        }
    }

    /// The directories that links among the policy files lead to.
    private mutating func addTargets() {
        let own = Set(walk.directories.compactMap { PathText.resolved($0.location) })
        for file in walk.files where file.isLink {
            guard let target = PathText.resolved(file.location) else { continue }
            let directory = PathText.parent(target)
            if !own.contains(directory) {
                directories[directory, default: Interest()].names.insert(PathText.lastPart(target))
            }
        }
    }
}

extension WatchPlan.Interest {
    /// Whether a change of an entry may change what a reader finds.
    ///
    /// Editors' swap and backup files do not; Kubernetes' `..data` does.
    func covers(_ event: Inotify.Event) -> Bool {
        if names.contains(event.name) { return true }
        guard isInside else { return false }
        if event.name.hasPrefix("..") { return true }
        if event.name.hasPrefix(".") { return false }
        // An entry without a policy file's ending matters when it is a directory or a link to one; a link shows as neither.
        return event.isDirectory || SourceFile.Form(path: event.name) != nil || event.name == WorkspaceRoot.settingsFile
            || !event.name.contains(".")
    }
}
