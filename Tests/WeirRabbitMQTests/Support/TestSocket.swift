// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Plain sockets on loopback, for proxies and false brokers. Every call waits, so it belongs on a ``TestThread``.
enum TestSocket {
    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with<Value>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Value
    ) -> Value {
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            body(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: sockaddr.self), &size)
        }
    }

    /// A socket that listens on a free port, and the port.
    static func listen() -> (file: Int32, port: UInt16) {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = address(0)
        _ = with(&place) { bind(file, $0, $1) }
        _ = Glibc.listen(file, 64)
        _ = with(&place) { getsockname(file, $0, &$1) }
        return (file, UInt16(bigEndian: place.sin_port))
    }

    static func connect(_ port: UInt16) -> Int32? {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = address(port)
        guard with(&place, { Glibc.connect(file, $0, $1) }) == 0 else {
            close(file)
            return nil
        }
        return file
    }

    /// Sends all of it; false where the other side is gone.
    static func send(_ file: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Reads exactly so many bytes; nil where the other side is gone.
    static func read(_ file: Int32, _ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: max(count, 1))
        while bytes.count < count {
            let got = recv(file, &buffer, count - bytes.count, 0)
            guard got > 0 else { return nil }
            bytes += buffer[..<got]
        }
        return bytes
    }

    /// Makes the close of a socket tell the other side that something went wrong.
    static func resetOnClose(_ file: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(file, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}
