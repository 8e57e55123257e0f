// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What tells one version of a file from another without reading it.
struct FileStamp: Sendable, Hashable {
    /// What stands at a path, after symbolic links.
    enum Kind: Sendable, Hashable {
        case file, directory, other
    }

    let kind: Kind
    let device: UInt
    let inode: UInt
    let size: Int
    /// When content and when content or rights changed last, in nanoseconds since 1970.
    let modified: Int64
    let changed: Int64

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            default: .other
            }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
    }

    /// The stamp of what a path leads to.
    init(of path: String) throws(FileError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .last(path) }
        self.init(status)
    }

    /// The stamp of an open file.
    init(of file: borrowing FileDescriptor, path: String) throws(FileError) {
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw .last(path) }
        self.init(status)
    }

    /// Whether a symbolic link stands at a path.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Which file or directory it is, whatever its content.
    var identity: FileIdentity { FileIdentity(device: device, inode: inode) }
}

/// Which file or directory of the machine it is, whatever paths lead there.
struct FileIdentity: Sendable, Hashable {
    let device: UInt
    let inode: UInt
}
