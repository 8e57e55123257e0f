// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What a transport declares at a broker, as a file of definitions that `rabbitmqctl import_definitions` takes: for operators who bring a
/// topology about themselves, and let services only use it. The same topology gives the same bytes.
public struct BrokerDefinitions: Sendable {
    /// A version of RabbitMQ, of which the first two numbers count.
    public struct Version: Sendable, Hashable, CustomStringConvertible {
        /// The oldest that definitions are written for.
        public static let oldest = Version(major: 3, minor: 10)

        let major: Int
        let minor: Int

        init(major: Int, minor: Int) {
            self.major = major
            self.minor = minor
        }

        /// Reads a version such as `3.10` or `4.1.2`; nil where it is none, or older than ``oldest``.
        public init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard (2...3).contains(parts.count), let major = parts[0], let minor = parts[1],
                parts.allSatisfy({ $0.map { $0 >= 0 } ?? false }),
                (major, minor) >= (Self.oldest.major, Self.oldest.minor)
            else { return nil }
            self.init(major: major, minor: minor)
        }

        /// The version as `3.10`.
        public var description: String { "\(major).\(minor)" }
    }

    private let topology: BrokerTopology
    private let virtualHost: String

    /// The definitions of a topology.
    /// - Parameters:
    ///   - prefix: what begins all names, as ``RabbitMQConfiguration/prefix``.
    ///   - virtualHost: where it belongs.
    public init(_ topology: EventTopology, prefix: String = "", virtualHost: String = "/") {
        self.topology = BrokerTopology(topology, BrokerNames(prefix: prefix))
        self.virtualHost = virtualHost
    }

    /// Names that the protocol has no room for; a broker refuses them.
    public var tooLong: [String] { topology.tooLong }

    /// The file's text.
    public func text(for version: Version) -> String {
        JSON.object([
            "rabbit_version": .string("\(version).0"), "vhosts": [["name": .string(virtualHost)]],
            "exchanges": .array(
                topology.exchanges.map { part in
                    .object(
                        self.part(part).merging(["type": .string(part.kind ?? "direct"), "internal": false]) { $1 })
                }),
            "queues": .array(topology.queues.map { .object(part($0)) }),
            "bindings": .array(
                topology.bindings.sorted { ($0.exchange, $0.queue, $0.key) < ($1.exchange, $1.queue, $1.key) }.map {
                    [
                        "vhost": .string(virtualHost), "source": .string($0.exchange),
                        "destination": .string($0.queue), "destination_type": "queue",
                        "routing_key": .string($0.key), "arguments": [:],
                    ]
                }),
        ]).indentedText
    }

    private func part(_ part: BrokerTopology.Part) -> [String: JSON] {
        [
            "name": .string(part.name), "vhost": .string(virtualHost), "durable": true, "auto_delete": false,
            "arguments": .object(part.arguments.mapValues(\.json)),
        ]
    }
}

extension BrokerValue {
    fileprivate var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .integer(number)
        case .flag(let flag): .boolean(flag)
        case .table(let entries): .object(entries.mapValues(\.json))
        }
    }
}
