// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle

/// Gentle traffic, so that something happens: an order every so often, over HTTP, through the front door.
final class OrderTraffic: Service {
    private let front: ServerAddress
    private let interval: Duration
    private let http: HTTPCaller
    private let clock: any Clock<Duration>

    init(to front: ServerAddress, every interval: Duration, http: HTTPCaller, clock: any Clock<Duration>) {
        self.front = front
        self.interval = interval
        self.http = http
        self.clock = clock
    }

    /// Orders until the service shuts down; a slow answer does not hold up the next order.
    func run() async throws {
        let orders = try await front.base + "/orders"
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    group.addTask {
                        // The front tells of every order; what its client thinks of the answer is of no interest here.
                        _ = try? await self.http.send("POST", orders)
                    }
                    // Ends early only when the service shuts down, which the loop sees.
                    try? await self.clock.sleep(for: self.interval)
                }
            }
        }
    }
}
