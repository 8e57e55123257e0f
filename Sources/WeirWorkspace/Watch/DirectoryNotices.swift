// SPDX-License-Identifier: Apache-2.0

/// Where notices about directories come from.
protocol DirectoryNotices: AnyObject, Sendable {
    /// The file that becomes readable when there are notices.
    var number: Int32 { get }

    /// Watches a directory; a directory that is watched already keeps its number.
    func watch(_ path: String) throws(FileError) -> Int32

    /// Ends a watch.
    func forget(_ watch: Int32)

    /// The notices that are there; does not wait.
    func events() -> [Inotify.Event]
}

extension Inotify: DirectoryNotices {
    var number: Int32 { file.number }
}
