// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// An exchange in memory: which queues get a copy of what is published with a key.
final class ExchangeBox: Sendable {
    /// The most keys whose way is remembered; keys are types of events, so there are few.
    private static let mostKnown = 4096

    private let name: QualifiedName
    private let router: EventRouter
    private let boxes: [QualifiedName: QueueBox]
    private let known = Guarded<[String: [QueueBox]]>([:])

    init(_ name: QualifiedName, _ router: EventRouter, _ boxes: [QualifiedName: QueueBox]) {
        self.name = name
        self.router = router
        self.boxes = boxes
    }

    /// The queues that get a copy each; none: it comes back.
    func queues(of key: String) -> [QueueBox] {
        if let found = known.withLock({ $0[key] }) { return found }
        guard let route = router.route(key, through: name) else { return [] }
        let found = (route.queues + (route.unrouted.map { [$0] } ?? [])).compactMap { boxes[$0] }
        known.withLock { known in
            if known.count < Self.mostKnown { known[key] = found }
        }
        return found
    }
}
