// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirRabbitMQ

/// Addresses of brokers, and what a broker's words say.
@Suite struct BrokerURLTests {
    @Test func `an address has the protocol's defaults`() throws {
        let url = try BrokerURL("amqp://localhost")
        #expect((url.host, url.port, url.user, url.password) == ("localhost", 5672, "guest", "guest"))
        #expect(url.virtualHost == "/")
        #expect(try BrokerURL("amqps://localhost/").port == 5671)
    }

    @Test func `an address may name everything`() throws {
        let url = try BrokerURL("amqps://a%40b:p%3Aw@[::1]:99/%2Fx")
        #expect((url.user, url.password, url.host, url.port) == ("a@b", "p:w", "::1", 99))
        #expect(url.virtualHost == "/x")
        #expect(url.isEncrypted)
        #expect("\(url)" == "amqps://[::1]:99 (virtual host /x)")
    }

    @Test(arguments: [
        "", "localhost", "http://a", "amqp://", "amqp://:5672", "amqp://a:0", "amqp://a:65536", "amqp://a:x",
        "amqp://a/b/c", "amqp://a/b?c", "amqp://a/%2", "amqp://a/%zz", "amqp://a/%00", "amqp://a/%+1", "amqp://%ff@a",
    ])
    func `what is no address is refused, and never with its password`(text: String) {
        #expect(throws: BrokerURL.Mistake.self) { try BrokerURL(text) }
    }

    @Test func `a broker's answer names what it is about`() {
        let fault = BrokerFault(
            scope: .channel, code: 406,
            text: "PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'a' in vhost '/': received "
                + "'classic' but current is 'quorum'")
        #expect(fault.name(after: "arg") == "x-queue-type")
        #expect(fault.name(after: "received") == "classic")
        #expect(fault.name(after: "is") == "quorum")
        #expect(fault.name(after: "exchange") == nil)
    }
}
