// SPDX-License-Identifier: Apache-2.0

/// The end of reading one file so that all its bytes are of one version.
enum SteadyRead: Sendable {
    /// The bytes, and the stamp of the version they are of.
    case bytes([UInt8], FileStamp)
    /// The system refused.
    case unreadable(FileError)
    /// A pipe, a device, a socket or a directory.
    case notAFile
    /// More bytes than the limit.
    case tooLarge
    /// It changed during each of the attempts.
    case unsteady

    /// Reads a file, again when it changes meanwhile, at most ``WorkspaceLimits/readAttempts`` times.
    init(_ path: String, limit: Int) {
        do throws(FileError) {
            for _ in 0..<WorkspaceLimits.readAttempts {
                if let end = try Self.attempt(path, limit: limit) {
                    self = end
                    return
                }
            }
            self = .unsteady
        } catch {
            self = .unreadable(error)
        }
    }

    /// Why there are no bytes; for bytes, that the file is another one by now.
    func problem(path: String) -> WorkspaceProblem {
        let kind: WorkspaceProblem.Kind =
            switch self {
            case .unreadable(let error): .unreadable(error)
            case .notAFile: .notAFile
            case .tooLarge: .tooLarge
            case .unsteady, .bytes: .unsteady
            }
        return WorkspaceProblem(kind, path: path)
    }

    /// One attempt; nil when the file changed meanwhile.
    private static func attempt(_ path: String, limit: Int) throws(FileError) -> SteadyRead? {
        // Asked before it is opened: opening a device can have effects.
        guard try FileStamp(of: path).kind == .file else { return .notAFile }
        let file = try FileDescriptor(reading: path)
        let before = try FileStamp(of: file, path: path)
        guard before.kind == .file else { return .notAFile }
        guard before.size <= limit else { return .tooLarge }
        let bytes = try file.read(path: path, expecting: before.size, limit: limit)
        let after = try FileStamp(of: file, path: path)
        return before == after && bytes.count == after.size ? .bytes(bytes, after) : nil
    }
}
