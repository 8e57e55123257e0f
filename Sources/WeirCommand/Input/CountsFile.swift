// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
import WeirPolicy

/// Reads counts of calls, a list of objects in JSON.
enum CountsFile {
    /// The most bytes that are read.
    static let mostBytes = 256 << 20

    static func read(_ path: String) throws -> [UsageCount] {
        let bytes = try TextFile.read(path, limit: mostBytes)
        // A table without rows is written as nothing at all.
        if bytes.allSatisfy({ $0 == 0x0A || $0 == 0x20 }) { return [] }
        let json: JSON
        do throws(JSONReadError) {
            json = try JSON(parsing: bytes)
        } catch {
            throw CommandError("`\(path)` is no JSON: \(error)", .findings)
        }
        guard case .array(let rows) = json else { throw CommandError("`\(path)` is no list of counts", .findings) }
        return try rows.enumerated().map { place, row in
            guard let count = UsageCount(row) else {
                throw CommandError("`\(path)`: element \(place + 1) is no count of calls", .findings)
            }
            return count
        }
    }
}
