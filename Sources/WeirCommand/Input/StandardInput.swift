// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirSyntax

/// The bytes of standard input, up to one more than a policy file may have.
enum StandardInput {
    static func read() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Limits.fileBytes {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw CommandError(
                    "standard input cannot be read: \(String(cString: strerror(errno)))", .internalFault)
            }
            bytes += chunk[..<count]
        }
        return bytes
    }
}

/// Something that keeps a verb from doing its job, in a sentence for the person who asked.
struct CommandError: Error, CustomStringConvertible {
    let description: String
    /// How the verb ends: usage that cannot be followed, or a file that the machine does not give or take.
    let status: ExitStatus

    init(_ description: String, _ status: ExitStatus = .usage) {
        self.description = description
        self.status = status
    }
}
