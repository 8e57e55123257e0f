// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

/// How events travel over a RabbitMQ broker; what travels where stands in the policies.
public struct RabbitMQConfiguration: Sendable {
    /// How long a topology, a consumer or a depth is waited for, by default.
    public static let defaultPatience: Duration = .seconds(30)
    /// How long the broker may refuse to read before the connection is cut, by default.
    public static let defaultStall: Duration = .seconds(15)

    /// Where the broker is.
    public var url: BrokerURL
    /// How an encrypted connection is set up; used with `amqps:` only.
    public var tls: BrokerTLS
    /// What begins the names of everything at the broker, so that several workspaces share a virtual host; by default nothing.
    public var prefix: String
    /// What the connections are called at the broker, in front of what each is for.
    public var name: String
    /// How long a topology, a consumer or a depth is waited for.
    public var patience: Duration
    /// How long the broker may refuse to read before the connection is cut and made anew.
    public var stall: Duration
    /// Hears of lost connections and the like; nil: nobody does.
    public var onEvent: RabbitMQEvent.Listener?
    /// Where deadlines come from.
    public var clock: EngineClock
    /// Where chance comes from: waits before a connection is tried again, names of consumers.
    public var random: EngineRandom

    /// A configuration; every setting has the default that suits a service in production.
    public init(
        _ url: BrokerURL, tls: BrokerTLS = BrokerTLS(), prefix: String = "", name: String = "weir",
        patience: Duration = RabbitMQConfiguration.defaultPatience,
        stall: Duration = RabbitMQConfiguration.defaultStall, onEvent: RabbitMQEvent.Listener? = nil,
        clock: EngineClock = .system, random: EngineRandom = EngineRandom()
    ) {
        self.url = url
        self.tls = tls
        self.prefix = prefix
        self.name = name
        self.patience = patience
        self.stall = stall
        self.onEvent = onEvent
        self.clock = clock
        self.random = random
    }

    var stallNanoseconds: UInt64 { UInt64(max(stall / .nanoseconds(1), 0)) }

    /// When what begins now has taken too long.
    var deadline: UInt64 { clock.now.addingReportingOverflow(UInt64(max(patience / .nanoseconds(1), 0))).partialValue }
}
