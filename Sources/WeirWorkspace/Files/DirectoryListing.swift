// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The names in a directory.
enum DirectoryListing {
    /// The names in the order of their bytes, without `.` and `..`, and whether there were more than the limit.
    static func names(in path: String, limit: Int) throws(FileError) -> (names: [String], isCut: Bool) {
        guard let stream = opendir(path) else { throw .last(path) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw .last(path) }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name != "." && name != ".." else { continue }
            guard names.count < limit else { return (names.sorted(), true) }
            names.append(name)
        }
        return (names.sorted(), false)
    }
}
