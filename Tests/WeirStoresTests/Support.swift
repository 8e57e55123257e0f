// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// A directory that is gone after a test.
enum TemporaryDirectory {
    static func with(_ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/weir-stores-XXXXXX".utf8CString)
        guard
            let made = template.withUnsafeMutableBufferPointer({ buffer in
                buffer.baseAddress.flatMap { mkdtemp($0) }
            })
        else { throw FileCopy.Failed(number: errno) }
        let path = String(cString: made)
        defer { remove(path) }
        try await body(path)
    }

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { unlink("\(path)/\(name)") }
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

/// Copies files as they are at the moment.
enum FileCopy {
    struct Failed: Error { let number: Int32 }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func copy(_ path: String, to other: String) throws {
        let (source, target) = (open(path, O_RDONLY), open(other, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
        defer {
            close(source)
            close(target)
        }
        guard source >= 0, target >= 0 else { throw Failed(number: errno) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count >= 0 else { throw Failed(number: errno) }
            if count == 0 { return }
            guard write(target, buffer, count) == count else { throw Failed(number: errno) }
        }
    }
}

/// Counts from 0.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    func next() -> Int { count.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue }
    var value: Int { count.load(ordering: .sequentiallyConsistent) }
}
