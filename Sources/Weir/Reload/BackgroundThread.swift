// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Runs work that waits or computes for long on a thread of its own, so that no task of the service has to wait for a thread.
enum BackgroundThread {
    /// Runs the work and gives back its result; the caller's task waits without holding a thread.
    static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        let handover = Handover()
        let result = await withCheckedContinuation { continuation in
            let box = Unmanaged.passRetained(
                Job {
                    let result = work()
                    handover.isDone.store(true, ordering: .releasing)
                    continuation.resume(returning: result)
                })
            var thread = pthread_t()
            let failure = pthread_create(&thread, nil, { BackgroundThread.body($0) }, box.toOpaque())
            if failure == 0 {
                pthread_detach(thread)
            } else {
                // Without a thread to spare the caller's own has to do.
                box.takeRetainedValue().work()
            }
        }
        _ = handover.isDone.load(ordering: .acquiring)
        return result
    }

    /// Orders the thread's writes before the caller's reads once more, where the thread sanitizer sees it: a continuation
    /// does so inside of the runtime, where it does not.
    private final class Handover: Sendable {
        let isDone = Atomic<Bool>(false)
    }

    private final class Job: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }

    private static func body(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
        return nil
    }
}
