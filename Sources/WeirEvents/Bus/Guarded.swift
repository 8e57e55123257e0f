// SPDX-License-Identifier: Apache-2.0

import WeirResilience

/// A value behind a lock.
final class Guarded<Value: Sendable>: Sendable {
    private let spin = SpinLock()
    // Safe: read and written only while `spin` is held.
    private nonisolated(unsafe) var value: Value

    init(_ value: Value) { self.value = value }

    @inline(__always)
    func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
        spin.lock()
        defer { spin.unlock() }
        return try body(&value)
    }
}
