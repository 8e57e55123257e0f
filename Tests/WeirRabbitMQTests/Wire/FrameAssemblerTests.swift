// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirRabbitMQ

/// Frames become messages, whatever the order in which channels mix them; what no broker sends ends the connection.
@Suite struct FrameAssemblerTests {
    private static let properties = BrokerProperties(contentType: "x/y", messageID: "7", headers: ["a": "b"])

    @Test func `a message of several frames is one, also with another channel's frames between`() throws {
        var assembler = FrameAssembler()
        #expect(try assembler.take(.deliver(tag: 1, isRedelivered: false), on: 1) == nil)
        #expect(try assembler.take(.deliver(tag: 9, isRedelivered: true), on: 2) == nil)
        #expect(try assembler.take(.header(size: 3, Self.properties), on: 1) == nil)
        #expect(try assembler.take(.body([1, 2]), on: 1) == nil)
        #expect(
            try assembler.take(.header(size: 0, BrokerProperties()), on: 2)
                == .delivered(tag: 9, isRedelivered: true, BrokerContent()))
        #expect(
            try assembler.take(.body([3]), on: 1)
                == .delivered(
                    tag: 1, isRedelivered: false, BrokerContent(properties: Self.properties, body: [1, 2, 3])))
    }

    @Test func `a channel that closes forgets what was under way on it`() throws {
        var assembler = FrameAssembler()
        _ = try assembler.take(.returned(exchange: "e", key: "k"), on: 1)
        let fault = BrokerFault(scope: .channel, code: 404, text: "gone")
        #expect(try assembler.take(.channelClosed(fault), on: 1) == .channelClosed(fault))
        _ = try assembler.take(.returned(exchange: "e", key: "k"), on: 1)
        #expect(
            try assembler.take(.header(size: 0, BrokerProperties()), on: 1)
                == .returned(exchange: "e", key: "k", BrokerContent()))
    }

    struct Nonsense: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let frames: [BrokerFrame]
    }

    static let nonsense: [Nonsense] = [
        Nonsense(testDescription: "a body without a header", frames: [.body([1])]),
        Nonsense(testDescription: "a header without a method", frames: [.header(size: 1, properties)]),
        Nonsense(
            testDescription: "a body before its header", frames: [.deliver(tag: 1, isRedelivered: false), .body([1])]),
        Nonsense(
            testDescription: "a message in a message",
            frames: [.deliver(tag: 1, isRedelivered: false), .deliver(tag: 2, isRedelivered: false)]),
        Nonsense(
            testDescription: "a confirm in a message",
            frames: [.deliver(tag: 1, isRedelivered: false), .acknowledged(tag: 1, isMultiple: false)]),
        Nonsense(
            testDescription: "more than was announced",
            frames: [.deliver(tag: 1, isRedelivered: false), .header(size: 1, properties), .body([1, 2])]),
        Nonsense(
            testDescription: "an empty body frame",
            frames: [.deliver(tag: 1, isRedelivered: false), .header(size: 1, properties), .body([])]),
        Nonsense(
            testDescription: "more than anybody sends",
            frames: [.deliver(tag: 1, isRedelivered: false), .header(size: .max, properties)]),
    ]

    @Test(arguments: nonsense)
    func `what keeps to no protocol is refused`(nonsense: Nonsense) {
        var assembler = FrameAssembler()
        #expect(throws: BrokerFault.self) {
            for frame in nonsense.frames { _ = try assembler.take(frame, on: 1) }
        }
    }
}
