// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import WeirSyntax
import WeirWorkspace

/// The paths that most verbs take, and how they become files.
struct WorkspaceArguments: ParsableArguments {
    /// The path of standard input where none is given.
    static let standardInputPath = "standard-input.weir"

    @Argument(
        help: ArgumentHelp("Files or directories; `-` is standard input.", valueName: "path"),
        completion: .file(extensions: ["weir", "yaml", "yml"]))
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "The path that standard input is known by; its text stands in for the file there.", valueName: "path"))
    var stdinPath: String?

    /// The files that the paths name, and no others; no path is the whole workspace.
    func snapshot() throws -> WorkspaceSnapshot {
        if paths == ["-"] {
            let root = WorkspaceRoot.discover(from: ".")
            return .text(try StandardInput.read(), path: stdinPath ?? Self.standardInputPath, in: root)
        }
        guard !paths.contains("-") else {
            throw CommandError("`-` stands alone: standard input is one file, not part of a list")
        }
        for path in paths { try requireSomething(at: path) }
        let root = WorkspaceRoot.discover(from: paths.first ?? ".")
        guard !paths.isEmpty else { return .read(root) }
        return .read(paths, in: root)
    }

    /// The workspace that the paths belong to, and which of its files they name.
    ///
    /// Where a `weir.yaml` says what belongs together, names are looked up in all of it, whichever file was asked for.
    func whole() throws -> WorkspaceSelection {
        let asked = try snapshot()
        let isUnnamedText = paths == ["-"] && stdinPath == nil
        let isAll = paths.isEmpty || paths.contains(where: asked.root.isAt)
        let standsAlone = isAll || isUnnamedText || !asked.root.rootIsKnown
        return WorkspaceSelection(asked: asked, whole: standsAlone ? asked : asked.completed())
    }

    private func requireSomething(at path: String) throws {
        var status = stat()
        guard stat(path, &status) != 0, errno == ENOENT else { return }
        let isLink = lstat(path, &status) == 0
        throw CommandError(isLink ? "`\(path)` is a symbolic link to nothing" : "there is no `\(path)`")
    }
}

extension WorkspaceSnapshot {
    /// Where a file lies: paths are relative to the root unless they lie outside of it.
    func location(of file: SourceFile) -> String {
        file.path.hasPrefix("/") ? file.path : root.path + "/" + file.path
    }
}

/// A workspace, and the part of it that a verb was asked about.
struct WorkspaceSelection {
    /// What the paths name.
    let asked: WorkspaceSnapshot
    /// What they belong to.
    let whole: WorkspaceSnapshot
}
