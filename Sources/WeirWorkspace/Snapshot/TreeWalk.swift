// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// One pass over a directory tree that finds the policy files in it and reads none.
struct TreeWalk: Sendable, Hashable {
    /// A policy file that was found.
    struct File: Sendable, Hashable {
        /// The path relative to the workspace root.
        let path: String
        /// Where it is on this machine.
        let location: String
        /// How it is written.
        let form: SourceFile.Form
        /// Whether a symbolic link stands there.
        let isLink: Bool
        /// The version that was seen.
        let stamp: FileStamp

        init(_ path: String, at location: String, _ form: SourceFile.Form, _ stamp: FileStamp) {
            self.path = path
            self.location = location
            self.form = form
            self.stamp = stamp
            isLink = FileStamp.isLink(location)
        }
    }

    /// A directory that was searched.
    struct Directory: Sendable, Hashable {
        /// Where it is on this machine.
        let location: String
        /// Which one it is.
        let identity: FileIdentity
    }

    /// The policy files, in the order of their paths.
    private(set) var files: [File] = []
    /// The directories, parents first.
    private(set) var directories: [Directory] = []
    /// What could not be looked at.
    private(set) var problems: [WorkspaceProblem] = []

    private let excluded: Set<String>
    private var isFull = false

    /// Walks through the tree below a root's source directory.
    init(of root: WorkspaceRoot) {
        excluded = Set(root.settings.exclude)
        let start = PathText.join(root.path, root.settings.policies)
        enter(start, path: root.settings.policies, above: [])
        files.sort { $0.path < $1.path }
    }

    /// Looks at files and walks through directories, given as a person types them.
    init(of root: WorkspaceRoot, paths: [String]) {
        excluded = Set(root.settings.exclude)
        for given in paths {
            let location = PathText.absolute(given)
            let path = PathText.relative(location, to: root.path) ?? location
            do throws(FileError) {
                let stamp = try FileStamp(of: location)
                if stamp.kind == .directory {
                    enter(location, path: path, above: [])
                } else if let form = SourceFile.Form(path: path) {
                    files.append(File(path, at: location, form, stamp))
                } else {
                    note(.notAPolicyFile, path)
                }
            } catch {
                note(.unreadable(error), path)
            }
        }
        files = Set(files).sorted { $0.path < $1.path }
    }

    private mutating func enter(_ location: String, path: String, above: [FileIdentity]) {
        do throws(FileError) {
            let stamp = try FileStamp(of: location)
            guard stamp.kind == .directory else { return note(.notADirectory, path) }
            guard !above.contains(stamp.identity) else { return note(.linkCycle, path) }
            guard above.count < WorkspaceLimits.depth else { return note(.tooDeep, path) }
            guard directories.count < WorkspaceLimits.directories else { return stop(.tooManyDirectories, path) }
            let listing = try DirectoryListing.names(in: location, limit: WorkspaceLimits.directoryEntries)
            if listing.isCut { note(.tooManyEntries, path) }
            guard above.isEmpty || !listing.names.contains(WorkspaceRoot.settingsFile) else { return }
            directories.append(Directory(location: location, identity: stamp.identity))
            for name in listing.names where !isFull {
                look(at: name, in: location, path: path, above: above + [stamp.identity])
            }
        } catch {
            note(.unreadable(error), path)
        }
    }

    private mutating func look(at name: String, in location: String, path: String, above: [FileIdentity]) {
        guard !Self.isSkipped(name) else { return }
        let entryPath = PathText.join(path, name)
        guard !excluded.contains(entryPath) else { return }
        let entry = PathText.join(location, name)
        let form = SourceFile.Form(path: name)
        do throws(FileError) {
            let stamp = try FileStamp(of: entry)
            if stamp.kind == .directory { return enter(entry, path: entryPath, above: above) }
            guard let form else { return }
            guard files.count < WorkspaceLimits.files else { return stop(.tooManyFiles, entryPath) }
            files.append(File(entryPath, at: entry, form, stamp))
        } catch {
            // What is no policy file and leads nowhere is nobody's mistake: editors leave such links as locks.
            if form != nil { note(.unreadable(error), entryPath) }
        }
    }

    /// Hidden entries, which holds for Kubernetes' `..data` too, and directories that tools fill.
    static func isSkipped(_ name: String) -> Bool {
        name.hasPrefix(".") || name == "node_modules"
    }

    private mutating func note(_ kind: WorkspaceProblem.Kind, _ path: String) {
        problems.append(WorkspaceProblem(kind, path: path))
    }

    private mutating func stop(_ kind: WorkspaceProblem.Kind, _ path: String) {
        guard !isFull else { return }
        isFull = true
        note(kind, path)
    }
}
