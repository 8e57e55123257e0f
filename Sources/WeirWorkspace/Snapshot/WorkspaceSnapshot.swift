// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirSyntax

/// The policy files of a workspace as they were at one moment, and what kept others from being read.
public struct WorkspaceSnapshot: Sendable {
    /// Where the files are from.
    public let root: WorkspaceRoot
    /// The files in the order of their paths, which are relative to the root.
    public let files: [SourceFile]
    /// What could not be read, the faults of `weir.yaml` first; an error among them means that files are missing.
    public let diagnostics: [Diagnostic]

    init(root: WorkspaceRoot, files: [SourceFile], problems: [WorkspaceProblem]) {
        self.root = root
        self.files = files
        diagnostics = root.diagnostics + problems.sorted { $0.path < $1.path }.map(\.diagnostic)
    }

    /// Reads all policy files of a workspace; waits for the disk, so call it from a thread that may wait.
    ///
    /// When the tree changes meanwhile it reads again, at most ``WorkspaceLimits/readAttempts`` times.
    public static func read(_ root: WorkspaceRoot) -> WorkspaceSnapshot {
        SnapshotReading(root: root).read { TreeWalk(of: root) }
    }

    /// Reads single files and whole directories of a workspace.
    ///
    /// - Parameter paths: As a person types them, relative to the working directory. A file outside of the root keeps
    ///   its whole path.
    public static func read(_ paths: [String], in root: WorkspaceRoot) -> WorkspaceSnapshot {
        SnapshotReading(root: root).read { TreeWalk(of: root, paths: paths) }
    }

    /// A workspace of one text that stands in no file, such as standard input.
    ///
    /// - Parameter path: The path to know it by; its ending says the form, `.weir` when it says none.
    public static func text(_ bytes: [UInt8], path: String, in root: WorkspaceRoot) -> WorkspaceSnapshot {
        guard bytes.count <= Limits.fileBytes else {
            return WorkspaceSnapshot(root: root, files: [], problems: [WorkspaceProblem(.tooLarge, path: path)])
        }
        let known = root.rootIsKnown ? PathText.relative(PathText.absolute(path), to: root.path) ?? path : path
        let file = SourceFile(path: known, form: SourceFile.Form(path: path) ?? .weir, bytes: bytes)
        return WorkspaceSnapshot(root: root, files: [file], problems: [])
    }
}

extension WorkspaceSnapshot {
    /// These files with all others of their workspace, read now; waits for the disk.
    ///
    /// Where both have a file, the text of this snapshot stays: it may be an editor's buffer.
    public func completed() -> WorkspaceSnapshot {
        let whole = Self.read(root)
        let here = Set(files.map(\.path))
        let unread = Set(diagnostics.map(\.primary.file))
        return WorkspaceSnapshot(
            root: root, files: (files + whole.files.filter { !here.contains($0.path) }).sorted { $0.path < $1.path },
            diagnostics: diagnostics + whole.diagnostics.filter { !unread.contains($0.primary.file) })
    }

    private init(root: WorkspaceRoot, files: [SourceFile], diagnostics: [Diagnostic]) {
        self.root = root
        self.files = files
        self.diagnostics = diagnostics
    }

    /// A SHA-256 over the paths and bytes of all files and over what could not be read, 64 hex digits; computed at each call.
    public var contentHash: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(0) { $0 + $1.bytes.count + $1.path.utf8.count + 24 })
        // A length before each part, so that no two sets of files give the same bytes.
        func add(_ part: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part)
        }
        for file in files {
            add(file.path.utf8)
            add(file.bytes)
        }
        for finding in diagnostics {
            add(finding.primary.file.utf8)
            add(finding.message.utf8)
        }
        return SHA256.hex(bytes)
    }
}
