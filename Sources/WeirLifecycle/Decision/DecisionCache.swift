// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Remembers decisions on known paths that depend on nothing but the path, the method, `Accept` and the stretch of time.
///
/// Decisions are the same with and without it. A thread that would have to wait for it decides afresh.
///
/// Safe to share: the entries are touched only while the mutex is held, and it stays where it was allocated. A POSIX mutex, because
/// the thread sanitizer knows it.
final class DecisionCache: @unchecked Sendable {
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

    private var entries: [Key: Entry] = [:]
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() {
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func decision(_ key: Key, in stretch: Int) -> ApiDecision? {
        guard pthread_mutex_trylock(mutex) == 0 else { return nil }
        let found = entries[key]
        pthread_mutex_unlock(mutex)
        guard let found, found.stretch == stretch else { return nil }
        return found.decision
    }

    func remember(_ decision: ApiDecision, _ key: Key, in stretch: Int) {
        let entry = Entry(decision: decision, stretch: stretch)
        guard pthread_mutex_trylock(mutex) == 0 else { return }
        defer { pthread_mutex_unlock(mutex) }
        if entries.count >= Self.mostEntries { entries.removeAll(keepingCapacity: true) }
        entries[key] = entry
    }
}
