// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Remembers decisions on known paths that depend on nothing but the path, the method, `Accept` and the stretch of time.
///
/// Decisions are the same with and without it. A thread that would have to wait for it decides afresh.
final class DecisionCache: Sendable {
    /// The most decisions; when there are more, it begins anew.
    static let mostEntries = 1024
    /// The longest path, and the longest `Accept`, that is remembered.
    static let longestText = 512

    struct Key: Hashable {
        let path: String
        let method: String
        let accept: String

        /// nil: something else decides as well, or there is too much to remember.
        ///
        /// A function, because it borrows what an initializer would copy.
        static func of(_ request: ApiRequest, _ fields: RequestFields) -> Key? {
            guard let accept = fields.onlyAccept, accept.utf8.count <= longestText,
                request.path.utf8.count <= longestText
            else { return nil }
            return Key(path: request.path, method: request.method, accept: accept)
        }

        /// Methods are few, so feeding them would tell little apart.
        func hash(into hasher: inout Hasher) {
            hasher.combine(path)
            hasher.combine(accept)
        }
    }

    /// A class, so that finding it counts one reference, not one for each part of a decision.
    private final class Entry: Sendable {
        let decision: ApiDecision
        /// The stretch of time in which it holds.
        let stretch: Int

        init(decision: ApiDecision, stretch: Int) {
            self.decision = decision
            self.stretch = stretch
        }
    }

    private let entries = Mutex<[Key: Entry]>([:])

    func decision(_ key: Key, in stretch: Int) -> ApiDecision? {
        let found = entries.withLockIfAvailable { $0[key] } ?? nil
        guard let found, found.stretch == stretch else { return nil }
        return found.decision
    }

    func remember(_ decision: ApiDecision, _ key: Key, in stretch: Int) {
        _ = entries.withLockIfAvailable { entries in
            if entries.count >= Self.mostEntries { entries.removeAll(keepingCapacity: true) }
            entries[key] = Entry(decision: decision, stretch: stretch)
        }
    }
}
