// SPDX-License-Identifier: Apache-2.0

import Weir
import WeirPolicy
import WeirResilience

/// How Weir is doing, as `GET /status` says it.
struct StatusText {
    let text: String

    init(_ status: WeirStatus, queues: [QualifiedName: Int]) {
        var lines = ["generation \(status.generation), graph \(status.graphHash.prefix(12))"]
        if let rejection = status.rejection { lines.append("files refused:\n\(rejection)") }
        for breaker in status.breakers {
            lines.append("\(breaker.key): \(breaker.snapshot.state.rawValue)")
        }
        for handle in status.handles {
            let counters = handle.counters
            lines.append(
                "\(handle.name): \(counters.calls) calls, \(counters.successes) good, \(counters.degraded) fallbacks, "
                    + "\(counters.failures) failed, \(counters.attempts) attempts, \(counters.retries) retries")
        }
        for (queue, depth) in queues.sorted(by: { $0.key < $1.key }) {
            lines.append("\(queue.name): \(depth) events wait")
        }
        text = lines.joined(separator: "\n") + "\n"
    }
}
