// SPDX-License-Identifier: Apache-2.0

import CRabbitMQ
import Glibc

/// One connection to a broker, from login to its end. Used by one thread, since the library may not be used by two.
///
/// Calls that wait for an answer wait at most ``callSeconds``; the library keeps what comes meanwhile, and ``read(most:_:)`` finds it.
final class BrokerSession {
    /// How long the broker has for a connection and a login.
    static let connectSeconds = 5
    /// How long it has for an answer.
    static let callSeconds = 10
    /// How often each side says that it is there; one that is silent twice as long is gone.
    static let heartbeatSeconds: Int32 = 10
    /// The largest frame, as brokers have it.
    static let frameBytes: Int32 = 131_072
    /// How large the headers of a message may be, so that they fit into one frame.
    static let largestHeaders = 100_000

    let state: amqp_connection_state_t
    let arena = CallArena()
    private var assembler = FrameAssembler()
    /// The system's number of the connection.
    let socket: Int32

    /// Connects and logs in.
    /// - Throws: ``BrokerFault`` with what the broker said, or what became of the connection.
    init(_ url: BrokerURL, tls: BrokerTLS, named name: String) throws(BrokerFault) {
        guard let state = amqp_new_connection() else { throw .connection("there is no memory for a connection") }
        do throws(BrokerFault) {
            socket = try Self.connect(state, url, tls)
            try Self.login(state, url, name, CallArena())
        } catch {
            amqp_destroy_connection(state)
            throw error
        }
        self.state = state
        var limit = timeval(tv_sec: Self.callSeconds, tv_usec: 0)
        amqp_set_rpc_timeout(state, &limit)
    }

    /// Ends the connection without a word.
    deinit { amqp_destroy_connection(state) }

    private static func connect(
        _ state: amqp_connection_state_t, _ url: BrokerURL, _ tls: BrokerTLS
    ) throws(BrokerFault) -> Int32 {
        var limit = timeval(tv_sec: connectSeconds, tv_usec: 0)
        amqp_set_handshake_timeout(state, &limit)
        amqp_set_rpc_timeout(state, &limit)
        let socket: OpaquePointer?
        if url.isEncrypted {
            socket = amqp_ssl_socket_new(state)
            guard let socket else { throw .connection("TLS is not to be had") }
            amqp_ssl_socket_set_verify_peer(socket, 1)
            amqp_ssl_socket_set_verify_hostname(socket, 1)
            try check(amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST))
            let file = tls.authorities ?? BrokerTLS.systemAuthorities
            guard amqp_ssl_socket_set_cacert(socket, file) == AMQP_STATUS_OK.rawValue else {
                throw .connection("the certificates of \(file) cannot be read")
            }
            if let identity = tls.identity {
                guard
                    amqp_ssl_socket_set_key(socket, identity.certificate, identity.key) == AMQP_STATUS_OK.rawValue
                else { throw .connection("the certificate of the service, or its key, cannot be read") }
            }
        } else {
            socket = amqp_tcp_socket_new(state)
        }
        guard let socket else { throw .connection("there is no memory for a connection") }
        try check(amqp_socket_open_noblock(socket, url.host, Int32(url.port), &limit))
        return amqp_get_sockfd(state)
    }

    private static func login(
        _ state: amqp_connection_state_t, _ url: BrokerURL, _ name: String, _ arena: CallArena
    ) throws(BrokerFault) {
        var properties = arena.table([
            "product": .text("Weir"), "connection_name": .text(name),
            "capabilities": .table([
                "consumer_cancel_notify": .flag(true), "connection.blocked": .flag(true),
                "publisher_confirms": .flag(true), "basic.nack": .flag(true),
                "authentication_failure_close": .flag(true),
            ]),
        ])
        let reply = weir_amqp_login(
            state, url.virtualHost, 0, frameBytes, heartbeatSeconds, &properties, url.user, url.password)
        withExtendedLifetime(arena) {}
        try check(reply, state)
    }

    // MARK: Reading

    /// Whether something is there that the system does not tell of.
    var hasBufferedFrames: Bool { amqp_frames_enqueued(state) != 0 || amqp_data_in_buffer(state) != 0 }

    /// Reads what is there, without waiting, and lets go of the library's memory for it.
    /// - Returns: whether there may be more.
    func read(most: Int, _ body: (UInt16, BrokerNews) throws(BrokerFault) -> Void) throws(BrokerFault) -> Bool {
        defer { amqp_maybe_release_buffers(state) }
        for _ in 0..<most {
            var frame = amqp_frame_t()
            var nothing = timeval(tv_sec: 0, tv_usec: 0)
            let status = amqp_simple_wait_frame_noblock(state, &frame, &nothing)
            if status == AMQP_STATUS_TIMEOUT.rawValue { return false }
            try Self.check(status)
            if let news = try assembler.take(FrameReader.read(&frame), on: frame.channel) {
                try body(frame.channel, news)
            }
        }
        return true
    }

    /// A channel was closed by us: what was under way on it never ends.
    func forget(_ channel: UInt16) { assembler.forget(channel) }

    // MARK: Failures

    static func check(_ status: Int32) throws(BrokerFault) {
        guard status < 0 else { return }
        throw BrokerFault(
            scope: .connection, text: String(cString: amqp_error_string2(status)),
            isSilence: status == AMQP_STATUS_TIMEOUT.rawValue)
    }

    /// Throws what the broker answered instead of what was asked for.
    static func check(_ reply: amqp_rpc_reply_t, _ state: amqp_connection_state_t) throws(BrokerFault) {
        if reply.reply_type == AMQP_RESPONSE_NORMAL { return }
        if reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION { try check(reply.library_error) }
        guard reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION, let decoded = reply.reply.decoded else {
            throw .connection("the broker ended the connection without a word")
        }
        if reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD { throw FrameReader.channelFault(decoded) }
        throw FrameReader.connectionFault(decoded)
    }
}

/// How an encrypted connection is set up.
public struct BrokerTLS: Sendable, Hashable {
    /// The certificates of the system.
    public static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"
    /// A file with the certificates of the authorities that are trusted; nil: those of the system.
    public var authorities: String?
    /// The service's own certificate and key, as files, where the broker asks for them.
    public var identity: Identity?

    /// A certificate and its key.
    public struct Identity: Sendable, Hashable {
        /// The file of the certificate.
        public var certificate: String
        /// The file of the key.
        public var key: String

        /// A certificate and its key.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// A setup.
    public init(authorities: String? = nil, identity: Identity? = nil) {
        self.authorities = authorities
        self.identity = identity
    }
}
