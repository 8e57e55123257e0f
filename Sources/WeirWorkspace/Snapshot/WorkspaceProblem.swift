// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Something about a file or directory that keeps its text from being read.
struct WorkspaceProblem: Sendable, Hashable {
    /// What it is.
    enum Kind: Sendable, Hashable {
        case unreadable(FileError)
        case notAFile, notADirectory, notAPolicyFile, linkCycle, unsteady
        case tooLarge, tooDeep, tooManyFiles, tooManyDirectories, tooManyEntries, tooManyBytes
    }

    let kind: Kind
    /// The path relative to the workspace root; empty for the root itself.
    let path: String

    init(_ kind: Kind, path: String) {
        self.kind = kind
        self.path = path
    }

    /// The finding that people read.
    var diagnostic: Diagnostic {
        let (id, message, help) = words
        return Diagnostic(
            id, message, at: Diagnostic.Label(file: path.isEmpty ? "." : path, range: SourceRange(start: 0, end: 0)),
            helps: help.map { [Diagnostic.Help($0)] } ?? [])
    }

    private var words: (DiagnosticID, String, help: String?) {
        let name = path.isEmpty ? "the workspace root" : "`\(path)`"
        return switch kind {
        case .unreadable(let error):
            (.unreadableFile, "\(name) cannot be read: \(error.reason)", nil)
        case .notAFile:
            (.unreadableFile, "\(name) is no regular file", nil)
        case .notADirectory:
            (.unreadableFile, "\(name) is no directory", nil)
        case .notAPolicyFile:
            (
                .unreadableFile, "\(name) is no policy file by its name",
                "end the name in `.weir`, `.weir.yaml` or `.weir.yml`"
            )
        case .linkCycle:
            (
                .unreadableFile, "\(name) is a symbolic link to a directory above itself",
                "remove the link, or exclude it"
            )
        case .unsteady:
            (
                .unreadableFile, "\(name) changed each time it was read",
                "write a new file and rename it over the old one"
            )
        case .tooLarge:
            (.limitExceeded, "\(name) has more than \(Limits.fileBytes) bytes", "split the file")
        case .tooDeep:
            (.limitExceeded, "\(name) lies more than \(WorkspaceLimits.depth) directories deep", nil)
        case .tooManyFiles:
            (.limitExceeded, "more than \(WorkspaceLimits.files) policy files; \(name) is the first too many", nil)
        case .tooManyDirectories:
            (
                .limitExceeded, "more than \(WorkspaceLimits.directories) directories; \(name) is the first too many",
                "name the directory of the policy files as `policies` in \(WorkspaceRoot.settingsFile)"
            )
        case .tooManyEntries:
            (.limitExceeded, "\(name) has more than \(WorkspaceLimits.directoryEntries) entries", nil)
        case .tooManyBytes:
            (
                .limitExceeded,
                "the policy files have more than \(WorkspaceLimits.totalBytes) bytes together, up to \(name)", nil
            )
        }
    }
}
