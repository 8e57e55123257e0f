// SPDX-License-Identifier: Apache-2.0

import Weir
import WeirPolicy
import WeirResilience

/// A part of the story: something is done, and then things must be seen.
struct Chapter {
    let title: String
    let begin: () async throws -> Void
    let sights: [Sight]

    init(_ title: String, begin: @escaping () async throws -> Void, @SightBuilder sights: () -> [Sight]) {
        self.title = title
        self.begin = begin
        self.sights = sights()
    }
}

/// Something that must be seen among the happenings of a chapter.
struct Sight {
    let words: String
    let isSeen: ([Happening]) -> Bool

    init(_ words: String, isSeen: @escaping ([Happening]) -> Bool) {
        self.words = words
        self.isSeen = isSeen
    }

    /// So many orders of a kind.
    static func orders(_ count: Int, _ words: String, where isMeant: @escaping (Order) -> Bool) -> Sight {
        Sight(words) { happenings in
            happenings.count { if case .order(let order) = $0 { isMeant(order) } else { false } } >= count
        }
    }

    /// An event of the calls to payments.
    static func event(_ words: String, _ name: ResilienceEvent.Name) -> Sight {
        Sight(words) { happenings in calls(happenings).contains { $0.name == name } }
    }

    /// A change of the gateway's breaker.
    static func breaker(_ words: String, to state: BreakerState) -> Sight {
        Sight(words) { happenings in calls(happenings).contains { $0.transition?.to == state } }
    }

    /// A look at the policy files.
    static func reload(_ words: String, where isMeant: @escaping (ReloadReport) -> Bool) -> Sight {
        Sight(words) { happenings in
            happenings.contains { if case .weir(.reload(let report)) = $0 { isMeant(report) } else { false } }
        }
    }

    private static func calls(_ happenings: [Happening]) -> [ResilienceEvent] {
        happenings.compactMap { happening in
            guard case .weir(.call(let event)) = happening, event.owner.name == "payments.authorize" else { return nil }
            return event
        }
    }
}

/// Collects sights that are written one below the other.
@resultBuilder
enum SightBuilder {
    static func buildBlock(_ sights: Sight...) -> [Sight] { sights }
}
