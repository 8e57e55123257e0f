// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import WeirEvents
import WeirRabbitMQ

/// The broker of the tests: one node for the run, started at its first use, ending with this process.
actor TestBroker {
    static let shared = TestBroker()

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let folder = "/tmp/weir-broker-\(getpid())"
    private var started: Task<String, any Error>?
    private static let counter = Atomic<Int>(0)

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
        let root = Self.root
        return try await withCheckedThrowingContinuation { continuation in
            let box = Unmanaged.passRetained(ShellCall("\(root)/scripts/test-broker \(arguments) 2>&1", continuation))
            var thread = pthread_t()
            pthread_create(&thread, nil, { ShellCall.run($0) }, box.toOpaque())
            pthread_detach(thread)
        }
    }

    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    /// A transport of its own names.
    static func transport(_ prefix: String? = nil, url: String? = nil) async throws -> RabbitMQTransport {
        let address = if let url { url } else { try await shared.url() }
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        return try RabbitMQTransport(
            RabbitMQConfiguration(BrokerURL(address), prefix: prefix ?? "t\(number).", name: "tests"))
    }
}

/// A call of the shell on a thread of its own.
private final class ShellCall {
    private let command: String
    private let continuation: CheckedContinuation<String, any Error>

    init(_ command: String, _ continuation: CheckedContinuation<String, any Error>) {
        self.command = command
        self.continuation = continuation
    }

    static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let call = Unmanaged<ShellCall>.fromOpaque(argument).takeRetainedValue()
        guard let pipe = popen(call.command, "r") else {
            call.continuation.resume(throwing: TestBroker.Failure(description: "there is no shell"))
            return nil
        }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            output += buffer[..<count]
        }
        let status = pclose(pipe)
        let text = String(decoding: output, as: UTF8.self)
        if status == 0 {
            call.continuation.resume(returning: text)
        } else {
            call.continuation.resume(throwing: TestBroker.Failure(description: "\(call.command): \(text)"))
        }
        return nil
    }
}
