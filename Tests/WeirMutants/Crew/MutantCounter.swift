// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The number of the mutant that a worker plays, in memory that its parent can read when the worker is gone.
///
/// The file holds one word and is mapped by both; it costs a worker one store a mutant.
struct MutantCounter: ~Copyable {
    private let word: UnsafeMutablePointer<UInt64>

    /// Maps the file, which is made when it is missing.
    init(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, 8) == 0,
            let memory = mmap(nil, 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
        else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        close(descriptor)
        word = memory.bindMemory(to: UInt64.self, capacity: 1)
    }

    deinit { munmap(word, 8) }

    var value: UInt64 {
        get { word.pointee }
        nonmutating set { word.pointee = newValue }
    }
}
