// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirCompiler
import WeirPolicy
import WeirWorkspace

/// The policies of a workspace as they were: in another directory, or in a revision of git.
enum EarlierWorkspace {
    static func apis(_ reference: String, root: String) throws -> [ApiNode] {
        var status = stat()
        if stat(reference, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            return try compiled(reference, reference)
        }
        guard !reference.hasPrefix("-"), !reference.isEmpty else {
            throw CommandError("`\(reference)` is no directory, and no revision")
        }
        let folder = try temporaryFolder()
        defer { _ = run("rm -rf \(quoted(folder))") }
        let archive = "git -C \(quoted(root)) archive --format=tar \(quoted(reference)) . 2>/dev/null"
        guard run("set -o pipefail; \(archive) | tar -x -C \(quoted(folder)) 2>/dev/null") == 0 else {
            throw CommandError("`\(reference)` is no directory, and git has no such revision of `\(root)`")
        }
        return try compiled(folder, reference)
    }

    private static func compiled(_ folder: String, _ reference: String) throws -> [ApiNode] {
        let snapshot = WorkspaceSnapshot.read(WorkspaceRoot.discover(from: folder))
        let compilation = Compiler.compile(
            files: snapshot.files, options: CompilerOptions(rootIsKnown: snapshot.root.rootIsKnown))
        guard let graph = compilation.graph() else {
            throw CommandError("the policies of `\(reference)` have errors", .findings)
        }
        return graph.apis
    }

    private static func temporaryFolder() throws -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/weir-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandError(
                "no folder can be made in \(parent): \(String(cString: strerror(errno)))", .internalFault)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Runs a command line in bash; its exit code.
    private static func run(_ command: String) -> Int32 {
        guard let process = popen("exec bash -c \(quoted(command))", "w") else { return -1 }
        return pclose(process)
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
