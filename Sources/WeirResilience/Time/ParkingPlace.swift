// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where a thread of the engine waits until another one wakes it.
final class ParkingPlace: Sendable {
    // Safe: both are initialised once here and destroyed with the object; POSIX allows their use from any thread.
    private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private nonisolated(unsafe) let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Waits for ``wake()`` unless, after the announcement, there is something to do already.
    func wait(announce: () -> Void, unless busy: () -> Bool) {
        pthread_mutex_lock(mutex)
        announce()
        if !busy() { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }

    /// Wakes the thread that waits here, if one does.
    func wake() {
        pthread_mutex_lock(mutex)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }
}

/// A thread of the engine's own; work that waits in system calls never runs on the tasks' threads.
enum DetachedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func start(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run))
        let failure = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        precondition(failure == 0, "the system refused a thread for the timers")
        pthread_detach(thread)
    }
}
