// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A lock for rare work that may take long, such as a reload; a waiting thread sleeps. Calls never take it.
///
/// A POSIX mutex, because the thread sanitizer knows it.
///
/// Safe to share: the state is touched only between lock and unlock, and the mutex stays where it was allocated.
package final class AdministrationLock<State>: @unchecked Sendable {
    private var state: State
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    /// A lock around a state.
    package init(_ state: State) {
        self.state = state
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs the body alone; it must not come back for the same lock.
    package func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
