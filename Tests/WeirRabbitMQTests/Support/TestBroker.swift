// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import WeirEvents
import WeirRabbitMQ

/// A broker of the tests: one node for the run, started at its first use, ending with this process.
actor TestBroker {
    /// For tests that leave it as it is, side by side.
    static let shared = TestBroker("shared")
    /// For tests that kill it, fill it and lock it, one after the other.
    static let victim = TestBroker("victim")

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let folder: String
    private var started: Task<String, any Error>?
    private static let counter = Atomic<Int>(0)

    private init(_ name: String) { folder = "/tmp/weir-broker-\(getpid())-\(name)" }

    /// Its address; starts it when nobody has.
    func url() async throws -> String {
        if let started { return try await started.value }
        let task = Task { try await self.start() }
        started = task
        return try await task.value
    }

    private func start() async throws -> String {
        let output = try await run("start \(folder) \(getpid())")
        guard let line = output.split(separator: "\n").first, line.hasPrefix("amqp:") else {
            throw Failure(description: "the broker does not start: \(output)")
        }
        return String(line)
    }

    /// Runs `rabbitmqctl` against it.
    @discardableResult
    func control(_ arguments: String) async throws -> String {
        _ = try await url()
        return try await run("ctl \(folder) \(arguments)")
    }

    /// Kills it, and starts it again.
    func killAndRestart(_ whileDown: () async throws -> Void = {}) async throws {
        _ = try await run("kill \(folder)")
        try await whileDown()
        _ = try await start()
    }

    private func run(_ arguments: String) async throws -> String {
        let command = "\(Self.root)/scripts/test-broker \(arguments) 2>&1"
        return try await TestThread.result { try Self.shell(command) }
    }

    private static func shell(_ command: String) throws -> String {
        guard let pipe = popen(command, "r") else { throw Failure(description: "there is no shell") }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            output += buffer[..<count]
        }
        let text = String(decoding: output, as: UTF8.self)
        guard pclose(pipe) == 0 else { throw Failure(description: "\(command): \(text)") }
        return text
    }

    private static let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()

    /// A transport of its own names.
    func transport(
        _ prefix: String? = nil, url other: String? = nil,
        _ change: (inout RabbitMQConfiguration) -> Void = { _ in }
    ) async throws -> RabbitMQTransport {
        let address = if let other { other } else { try await url() }
        let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
        var configuration = try RabbitMQConfiguration(
            BrokerURL(address), prefix: prefix ?? "t\(number).", name: "tests")
        change(&configuration)
        return try RabbitMQTransport(configuration)
    }
}
