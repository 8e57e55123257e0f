// SPDX-License-Identifier: Apache-2.0

/// Where a server listens, known as soon as it does.
public actor ServerAddress {
    private var known: Int?
    private var waiting: [Int: CheckedContinuation<Int, any Error>] = [:]
    private var tickets = 0

    /// The server listens on this port.
    func announce(_ port: Int) {
        known = port
        for continuation in waiting.values { continuation.resume(returning: port) }
        waiting = [:]
    }

    /// The port; waits until the server listens.
    /// - Throws: `CancellationError` when the task is cancelled before, as it is when the server cannot listen.
    public var port: Int {
        get async throws {
            if let known { return known }
            tickets += 1
            let ticket = tickets
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    if Task.isCancelled {
                        continuation.resume(throwing: CancellationError())
                    } else {
                        waiting[ticket] = continuation
                    }
                }
            } onCancel: {
                Task { await self.leave(ticket) }
            }
        }
    }

    /// The beginning of every URL of the server; waits until it listens.
    /// - Throws: `CancellationError` when the task is cancelled before.
    public var base: String {
        get async throws { "http://127.0.0.1:\(try await port)" }
    }

    private func leave(_ ticket: Int) {
        waiting.removeValue(forKey: ticket)?.resume(throwing: CancellationError())
    }
}
