// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirSyntax

/// Reads the files that a walk finds, and again when the walk finds something else afterwards.
struct SnapshotReading {
    let root: WorkspaceRoot
    /// Called between reading and looking again; tests change files here.
    var meanwhile: () -> Void = {}

    func read(walk: () -> TreeWalk) -> WorkspaceSnapshot {
        var found = walk()
        var attempt = 1
        while true {
            let (snapshot, isSteady) = read(found)
            meanwhile()
            let now = walk()
            if isSteady && now == found { return snapshot }
            if attempt == WorkspaceLimits.readAttempts {
                let moved = Self.firstDifference(found, now)
                return WorkspaceSnapshot(
                    root: root, files: snapshot.files,
                    problems: found.problems + [WorkspaceProblem(.unsteady, path: moved)])
            }
            pause(attempt)
            found = now
            attempt += 1
        }
    }

    /// The files of one walk, and whether each is still the version that the walk saw.
    private func read(_ found: TreeWalk) -> (WorkspaceSnapshot, isSteady: Bool) {
        var files: [SourceFile] = []
        files.reserveCapacity(found.files.count)
        var problems = found.problems
        var isSteady = true
        var total = 0
        for file in found.files {
            switch SteadyRead(file.location, limit: Limits.fileBytes) {
            case .bytes(let bytes, let stamp):
                total += bytes.count
                guard total <= WorkspaceLimits.totalBytes else {
                    problems.append(WorkspaceProblem(.tooManyBytes, path: file.path))
                    return (WorkspaceSnapshot(root: root, files: files, problems: problems), isSteady)
                }
                isSteady = isSteady && stamp == file.stamp
                files.append(SourceFile(path: file.path, form: file.form, bytes: bytes))
            case .unsteady: isSteady = false
            case let failed: problems.append(failed.problem(path: file.path))
            }
        }
        return (WorkspaceSnapshot(root: root, files: files, problems: problems), isSteady)
    }

    /// Lets a writer finish: 2 ms, then twice as long each time.
    private func pause(_ attempt: Int) { _ = poll(nil, 0, 1 << Int32(attempt)) }

    private static func firstDifference(_ before: TreeWalk, _ after: TreeWalk) -> String {
        let old = Set(before.files), new = Set(after.files)
        return old.symmetricDifference(new).map(\.path).min() ?? after.files.first?.path ?? ""
    }
}
