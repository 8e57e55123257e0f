// SPDX-License-Identifier: Apache-2.0

public import ServiceLifecycle
public import WeirEvents

extension EventBus: Service {
    /// Hands events to their handlers until the service shuts down; running handlers then have as long as
    /// ``EventBusConfiguration/drain`` says. List it after what handlers need, so that it is shut down before.
    public func run() async throws {
        try await withGracefulShutdownHandler {
            try await serve()
        } onGracefulShutdown: {
            self.shutdown()
        }
    }
}
