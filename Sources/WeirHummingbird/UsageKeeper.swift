// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
public import Logging
public import ServiceLifecycle
public import WeirLifecycle

/// Stores the calls that routes have counted, now and then and at the end.
public struct UsageKeeper<Context: RequestContext>: Service {
    private let routes: ApiRoutes<Context>
    private let store: any UsageStore
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let logger: Logger

    /// A keeper.
    /// - Parameter interval: from one time to the next, 1 s or longer.
    public init(
        of routes: ApiRoutes<Context>, in store: any UsageStore, every interval: Duration = .seconds(10),
        clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "weir.usage")
    ) {
        self.routes = routes
        self.store = store
        self.interval = max(interval, .seconds(1))
        self.clock = clock
        self.logger = logger
    }

    /// Stores until the service shuts down, and once more then.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Ends early only when the service stops, and then the last counts are stored below.
                try? await Task.sleep(for: self.interval, clock: self.clock)
                await self.flush()
            }
        }
        await flush()
    }

    /// Stores what has been counted; what cannot be stored is kept for the next time.
    public func flush() async {
        let counts = routes.takeUsage()
        guard !counts.isEmpty else { return }
        do {
            try await store.add(counts)
        } catch {
            routes.restoreUsage(counts)
            logger.error("usage could not be stored, and is kept: \(error)")
        }
    }
}
