// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Speaks enough of the protocol to let somebody in, answers calls as a broker does, and then says what no broker says.
final class FalseBroker: Sendable {
    /// When it says it.
    enum Moment: Sendable {
        /// Instead of the first word.
        case atOnce
        /// When a connection is open.
        case afterLogin
        /// When somebody consumes.
        case afterConsume
    }

    let port: UInt16
    private let listener: Int32
    private let moment: Moment
    private let hostile: [UInt8]

    init(_ moment: Moment, says hostile: [UInt8]) {
        (listener, port) = TestSocket.listen()
        self.moment = moment
        self.hostile = hostile
        TestThread.start { [self] in accept() }
    }

    var url: String { "amqp://guest:guest@127.0.0.1:\(port)" }

    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accept() {
        while true {
            let file = Glibc.accept(listener, nil, nil)
            guard file >= 0 else { break }
            TestThread.start { [self] in
                serve(file)
                Glibc.close(file)
            }
        }
        Glibc.close(listener)
    }

    private func serve(_ file: Int32) {
        guard TestSocket.read(file, 8) != nil else { return }
        if moment == .atOnce {
            _ = TestSocket.send(file, hostile[...])
        } else {
            _ = TestSocket.send(
                file, Self.method(10, 10, [0, 9] + Self.long(0) + Self.longText("PLAIN") + Self.longText("en_US"))[...])
        }
        while let head = TestSocket.read(file, 7),
            let payload = TestSocket.read(
                file, Int(head[3]) << 24 | Int(head[4]) << 16 | Int(head[5]) << 8 | Int(head[6])),
            TestSocket.read(file, 1) != nil
        {
            guard head[0] == 1, payload.count >= 4 else { continue }
            let channel = UInt16(head[1]) << 8 | UInt16(head[2])
            let id = (UInt16(payload[0]) << 8 | UInt16(payload[1]), UInt16(payload[2]) << 8 | UInt16(payload[3]))
            guard let answer = Self.answer(id, channel) else { continue }
            guard TestSocket.send(file, answer[...]) else { return }
            if id == (10, 40), moment == .afterLogin { _ = TestSocket.send(file, hostile[...]) }
            if id == (60, 20), moment == .afterConsume { _ = TestSocket.send(file, hostile[...]) }
        }
    }

    private static func answer(_ id: (UInt16, UInt16), _ channel: UInt16) -> [UInt8]? {
        switch id {
        case (10, 11): method(10, 30, [7, 255] + long(131_072) + [0, 0])
        case (10, 40): method(10, 41, [0])
        case (10, 50): method(10, 51)
        case (20, 10): method(20, 11, long(0), channel)
        case (20, 40): method(20, 41, [], channel)
        case (40, 10): method(40, 11, [], channel)
        case (50, 10): method(50, 11, [0] + long(0) + long(0), channel)
        case (50, 20): method(50, 21, [], channel)
        case (60, 10): method(60, 11, [], channel)
        case (60, 20): method(60, 21, [0], channel)
        case (85, 10): method(85, 11, [], channel)
        default: nil
        }
    }

    // MARK: Frames

    static func long(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    static func longText(_ text: String) -> [UInt8] { long(UInt32(text.utf8.count)) + Array(text.utf8) }

    static func frame(_ kind: UInt8, _ payload: [UInt8], _ channel: UInt16 = 0, size: UInt32? = nil, end: UInt8 = 0xCE)
        -> [UInt8]
    {
        [kind, UInt8(channel >> 8), UInt8(channel & 255)] + long(size ?? UInt32(payload.count)) + payload + [end]
    }

    static func method(_ type: UInt16, _ number: UInt16, _ arguments: [UInt8] = [], _ channel: UInt16 = 0) -> [UInt8] {
        frame(1, [UInt8(type >> 8), UInt8(type & 255), UInt8(number >> 8), UInt8(number & 255)] + arguments, channel)
    }

    /// A delivery on a channel, with a tag.
    static func deliver(_ tag: UInt32, _ channel: UInt16 = 1) -> [UInt8] {
        method(60, 60, [0] + long(0) + long(tag) + [0, 0, 0], channel)
    }

    /// The header of a message, without properties.
    static func header(_ type: UInt16 = 60, size: UInt32, _ channel: UInt16 = 1) -> [UInt8] {
        frame(2, [UInt8(type >> 8), UInt8(type & 255), 0, 0] + long(0) + long(size) + [0, 0], channel)
    }
}
