// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

extension EventLines {
    /// The line for what became of an event; nil where it is too usual to be told.
    func line(for event: BusEvent) -> String? {
        let what = "\(event.type) …\(event.id.suffix(6))"
        let who = event.subscription.map { "\($0.name): \(what)" } ?? what
        let why = event.reason ?? ""
        switch event.name {
        case .published, .filteredOut: return nil
        case .handled:
            return colours.good("▣ ") + "\(who) handled" + (event.attempt > 1 ? " at attempt \(event.attempt)" : "")
        case .failed: return colours.warning("↻ \(who): attempt \(event.attempt) failed: \(why)")
        case .remembered: return colours.faint("= \(who) was handled before: nothing is done")
        case .deadLettered:
            return colours.bad(
                "† \(who): given up after \(event.attempt) attempts (\(why)), kept among the dead letters")
        case .lost: return colours.bad("† \(who): given up (\(why)), and nothing keeps it")
        case .postponed: return colours.faint("… \(who): later (\(why))")
        default: return colours.warning("! \(who): \(event.name.rawValue) \(why)")
        }
    }
}
