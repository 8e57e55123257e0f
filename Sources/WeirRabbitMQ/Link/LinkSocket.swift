// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// The socket of a link, for those who may only cut it: the library writes without a limit of time when a broker stops to read, and whoever
/// watches ends that from outside.
final class LinkSocket: Sendable {
    private struct State {
        var socket: Int32?
        /// When the call of the library began that runs now.
        var busySince: UInt64?
    }

    private let state = Mutex(State())

    func open(_ socket: Int32) { state.withLock { $0 = State(socket: socket) } }

    /// Before the file is closed, so that nobody cuts another's.
    func clear() { state.withLock { $0 = State() } }

    func begin(at now: UInt64) { state.withLock { $0.busySince = now } }
    func end() { state.withLock { $0.busySince = nil } }

    /// Cuts the connection.
    func cut() {
        state.withLock { state in
            if let socket = state.socket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Cuts the connection when a call of the library has run since before a time.
    func cut(busySince time: UInt64) {
        state.withLock { state in
            guard let socket = state.socket, let since = state.busySince, since < time else { return }
            _ = shutdown(socket, Int32(SHUT_RDWR))
        }
    }
}
