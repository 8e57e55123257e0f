// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirResilience

@testable import Weir

/// The whole way from an edited file to a changed call.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ServiceTests {
    @Test func `an edited file changes calls, a broken one does not`() async throws {
        let directory = try PolicyDirectory(PolicyDirectory.text(places: "10 calls"))
        try await Serving.run(directory.path) { weir in
            let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
            let events = weir.events()
            #expect(try await handle.run { 7 } == 7)

            try directory.write(PolicyDirectory.text(places: "0 calls"))
            let applied = await Serving.report(events)
            #expect(applied?.generation == 2)
            await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }

            try directory.write(PolicyDirectory.text(places: "{"))
            guard case .rejected(let error) = await Serving.report(events)?.outcome else {
                Issue.record("the file should have been refused")
                return
            }
            #expect(error.description.contains("shop.weir:18"))
            #expect(weir.status().generation == 2)

            try directory.write(PolicyDirectory.text(places: "5 calls"))
            #expect(await Serving.report(events)?.generation == 3)
            #expect(try await handle.run { 7 } == 7)
        }
    }

    @Test func `SIGHUP reloads`() async throws {
        // The service listens only some time after it began to run; until then the signal must not end the process.
        signal(SIGHUP, SIG_IGN)
        let directory = try PolicyDirectory(PolicyDirectory.text(places: "10 calls"))
        try await Serving.run(directory.path, signals: true) { weir in
            let events = weir.events()
            try directory.write(PolicyDirectory.text(places: "0 calls"))
            let sender = Task {
                while !Task.isCancelled {
                    kill(getpid(), SIGHUP)
                    try await Task.sleep(for: .milliseconds(20), clock: ContinuousClock())
                }
            }
            let report = await Serving.report(events)
            sender.cancel()
            #expect(report?.trigger == .hangup)
            #expect(report?.generation == 2)
        }
    }
}
