// SPDX-License-Identifier: Apache-2.0

/// Where a server listens, known as soon as it does.
public actor ServerAddress {
    private var known: Int?
    private var waiting: [CheckedContinuation<Int, Never>] = []

    /// The server listens on this port.
    func announce(_ port: Int) {
        known = port
        for continuation in waiting { continuation.resume(returning: port) }
        waiting = []
    }

    /// The port; waits until the server listens.
    public var port: Int {
        get async {
            if let known { return known }
            return await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// The beginning of every URL of the server; waits until it listens.
    public var base: String {
        get async { "http://127.0.0.1:\(await port)" }
    }
}
