// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import UnixSignals
import Weir
import WeirResilience

/// The whole story by itself, over real HTTP and real files: every step has to be seen, or the story fails.
public struct Story: Sendable {
    /// The time from one order to the next: often, so that the story is short.
    static let interval: Duration = .milliseconds(60)

    private let source: PolicyFolder
    private let broker: String?

    /// A story over a copy of these policy files.
    /// - Parameter broker: the address of a RabbitMQ broker that carries the events; nil: the memory of the process does.
    public init(policies: PolicyFolder = .packaged, broker: String? = nil) {
        source = policies
        self.broker = broker
    }

    /// Plays the story; takes less than a minute.
    /// - Returns: what was not seen, in words; empty when the story went as it should.
    public func play() async throws -> [String] {
        let policies = try source.copied()
        let view = TerminalView()
        var settings = ReferenceSystem.Settings.anywhere(policies: policies.path, interval: Self.interval)
        settings.broker = broker
        // Each story begins with empty queues.
        settings.brokerPrefix = "story-\(String(EngineRandom().next(), radix: 36))."
        let system = try await ReferenceSystem(settings, view: view)
        let group = ServiceGroup(
            configuration: .init(
                services: system.services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigint, .sigterm], logger: .quiet))
        let missing = try await withThrowingTaskGroup(of: [String]?.self) { tasks in
            tasks.addTask {
                try await group.run()
                return nil
            }
            tasks.addTask {
                let missing = await StoryTeller(system, policies).tell()
                await group.triggerGracefulShutdown()
                return missing
            }
            var missing: [String]?
            for try await result in tasks { missing = missing ?? result }
            return missing ?? ["the story was interrupted"]
        }
        system.close()
        view.setFooter("")
        try policies.remove()
        Self.summarize(missing, view)
        return missing
    }

    private static func summarize(_ missing: [String], _ view: TerminalView) {
        view.print("")
        if missing.isEmpty {
            view.print("The whole story was seen.")
        } else {
            view.print("Not seen:")
            for item in missing { view.print("  \(item)") }
        }
    }
}
