// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Stands between a service and its broker on loopback, and cuts or stalls what goes through.
final class FaultProxy: Sendable {
    private struct State {
        var files: Set<Int32> = []
        var isStalled = false
        var isClosed = false
    }

    let port: UInt16
    private let target: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    init(to target: UInt16) {
        self.target = target
        (listener, port) = TestSocket.listen()
        TestThread.start { [self] in accept() }
    }

    /// The same address with the proxy's port.
    static func around(_ url: String) throws -> (proxy: FaultProxy, url: String) {
        guard let colon = url.lastIndex(of: ":"), let port = UInt16(url[url.index(after: colon)...]) else {
            throw TestBroker.Failure(description: "no port in \(url)")
        }
        let proxy = FaultProxy(to: port)
        return (proxy, "\(url[..<colon]):\(proxy.port)")
    }

    /// Resets all connections; new ones go through.
    func cut() {
        state.withLock { state in
            for file in state.files {
                TestSocket.resetOnClose(file)
                shutdown(file, Int32(SHUT_RDWR))
            }
        }
    }

    /// Lets nothing through, or lets it through again.
    func stall(_ isStalled: Bool) { state.withLock { $0.isStalled = isStalled } }

    func close() {
        state.withLock { $0.isClosed = true }
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            guard let server = TestSocket.connect(target) else {
                Glibc.close(client)
                continue
            }
            state.withLock { $0.files.formUnion([client, server]) }
            let ends = Ends()
            for (from, to) in [(client, server), (server, client)] {
                TestThread.start { [self] in
                    pump(from, to)
                    if ends.leave() { end(client, server) }
                }
            }
        }
        Glibc.close(listener)
    }

    private func pump(_ from: Int32, _ to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            while state.withLock({ $0.isStalled && !$0.isClosed }) { usleep(2000) }
            guard count > 0, TestSocket.send(to, buffer[..<count]) else { break }
        }
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
    }

    private func end(_ client: Int32, _ server: Int32) {
        state.withLock { $0.files.subtract([client, server]) }
        Glibc.close(client)
        Glibc.close(server)
    }

    /// Says who is the last of the two directions of a connection.
    private final class Ends: Sendable {
        private let count = Atomic<Int>(2)

        func leave() -> Bool { count.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
    }
}
