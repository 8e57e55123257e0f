// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Runs jobs when it is told to, one after the other on the caller's thread, so that a test knows when nothing is left to do.
///
/// It serves an actor and the tasks that prefer it alike.
final class SteppedExecutor: SerialExecutor, TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var waiting: UnsafeContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let waiting = state.withLock { state in
            state.jobs.append(job)
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    /// Only the task of the test ever runs a job or looks at the actor, one after the other.
    func checkIsolated() {}

    /// Waits until there is a job to run.
    func job() async {
        await withUnsafeContinuation { continuation in
            let ready = state.withLock { state in
                if state.jobs.isEmpty { state.waiting = continuation }
                return !state.jobs.isEmpty
            }
            if ready { continuation.resume() }
        }
    }

    /// Runs all jobs, those included that they bring forth.
    func drain() {
        while let job = state.withLock({ $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }) {
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }
}
