// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle

@testable import Weir

/// A service that runs while a test changes its files.
enum Serving {
    /// Runs the policies of a directory as a service around the body.
    static func run(
        _ path: String, signals: Bool = false, _ body: @Sendable (Weir) async throws -> Void
    ) async throws {
        var configuration = WeirConfiguration.quiet()
        configuration.reloadsOnHangup = signals
        configuration.watchesFiles = !signals
        let weir = try await Weir.load(from: path, configuration: configuration)
        let group = ServiceGroup(services: [weir], logger: configuration.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body(weir)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// The next report of files that were put in force or refused.
    static func report(_ events: AsyncStream<WeirEvent>) async -> ReloadReport? {
        for await event in events {
            if case .reload(let report) = event { return report }
        }
        return nil
    }

    /// The next report of files that were put in force; what is seen of a change half-way may be refused before.
    static func applied(_ events: AsyncStream<WeirEvent>) async -> ReloadReport? {
        while let report = await report(events) {
            if case .applied = report.outcome { return report }
        }
        return nil
    }
}
