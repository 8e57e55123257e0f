// SPDX-License-Identifier: Apache-2.0

import Logging
public import ServiceLifecycle
import UnixSignals
import WeirWorkspace

extension Weir: Service {
    /// Watches the policy files, reloads on SIGHUP and publishes counters until the service shuts down.
    ///
    /// Returns on graceful shutdown or when the task is cancelled; handles go on working after that.
    ///
    /// - Throws: ``LoadError`` when an attached API is not served.
    public func run() async throws {
        if let idle = configuration.apis.first(where: { !$0.isServing }) {
            throw LoadError(.apis, "`\(idle.apiName)` is attached, and nothing serves it yet")
        }
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                if self.configuration.watchesFiles { group.addTask { await self.watchFiles() } }
                if self.configuration.reloadsOnHangup { group.addTask { await self.listenForHangup() } }
                if let interval = self.configuration.metricsInterval {
                    group.addTask { await self.publishMetrics(every: interval) }
                }
                // Without any work it is still a service that runs until it is told to stop.
                group.addTask { await self.rest() }
                await group.waitForAll()
            }
        }
    }

    private func watchFiles() async {
        guard let root = source.watchedRoot else { return }
        let watcher: DirectoryWatcher
        do throws(FileError) {
            watcher = try DirectoryWatcher(root)
        } catch {
            configuration.logger.error("policy files are not watched: \(error)")
            hub.send(.watchDegraded("\(error)"))
            return
        }
        defer { watcher.stop() }
        // What changed between loading and watching is seen here.
        await reloadUntilDecided()
        var degraded: String?
        for await notice in watcher.notices {
            if let reason = notice.degraded, reason != degraded {
                configuration.logger.warning("some policy files are seen by the slow poll only: \(reason)")
                hub.send(.watchDegraded(reason))
            }
            degraded = notice.degraded
            await reloadUntilDecided()
        }
    }

    /// Reloads, and again as long as the files have to wait for calls of earlier graphs to end.
    private func reloadUntilDecided() async {
        while case .rejected(let error) = await reload(.watch).outcome, error.code == .busy {
            // Ends early only when the service stops.
            guard (try? await Task.sleep(for: WorkspaceSettings.defaultPoll, clock: configuration.timer)) != nil else {
                return
            }
        }
    }

    private func listenForHangup() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { await reload(.hangup) }
    }

    private func publishMetrics(every interval: Duration) async {
        var bridge = MetricsBridge()
        while !Task.isCancelled {
            bridge.publish(status())
            // Ends early only when the service stops, and then the last counts are published below.
            try? await Task.sleep(for: interval, clock: configuration.timer)
        }
        bridge.publish(status())
    }

    private func rest() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in stream {}
        continuation.finish()
    }
}
