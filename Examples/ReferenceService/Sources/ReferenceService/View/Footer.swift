// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
import Weir
import WeirPolicy
import WeirResilience

/// Keeps the line at the bottom of the terminal up to date: breakers, counts, generation.
final class Footer: Service {
    private static let interval: Duration = .milliseconds(250)

    private let weir: Weir
    private let view: TerminalView
    private let clock: any Clock<Duration>

    init(weir: Weir, view: TerminalView, clock: any Clock<Duration>) {
        self.weir = weir
        self.view = view
        self.clock = clock
    }

    /// Looks a few times a second until the service shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                self.view.setFooter(Self.text(self.weir.status()))
                // Ends early only when the service shuts down, which the loop sees.
                try? await self.clock.sleep(for: Self.interval)
            }
        }
    }

    private static func text(_ status: WeirStatus) -> String {
        let breakers = status.breakers.map { "\($0.key.owner.name) \($0.snapshot.state.rawValue)" }
        let calls = status.handles.map { handle in
            let counters = handle.counters
            let counts = [
                ("good", counters.successes), ("fallbacks", counters.degraded), ("retries", counters.retries),
            ]
            let words = counts.filter { $0.0 == "good" || $0.1 > 0 }.map { "\($0.1) \($0.0)" }
            return "\(handle.name): \(words.joined(separator: ", "))"
        }
        let files = status.rejection == nil ? "" : " (files refused)"
        let states = breakers.isEmpty ? [] : ["breakers: \(breakers.joined(separator: ", "))"]
        return (["generation \(status.generation)\(files)"] + states + calls).joined(separator: " │ ")
    }
}
