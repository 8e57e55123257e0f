// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A detached thread that runs one loop: the library waits in calls of the system, which no task may.
final class LinkThread {
    private let loop: LinkLoop

    private init(_ loop: LinkLoop) { self.loop = loop }

    static func start(_ loop: LinkLoop) throws(BrokerFault) {
        let box = Unmanaged.passRetained(LinkThread(loop))
        var thread = pthread_t()
        guard pthread_create(&thread, nil, { LinkThread.body($0) }, box.toOpaque()) == 0 else {
            box.release()
            throw .connection("the system gives no more threads")
        }
        pthread_detach(thread)
    }

    private static func body(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        // Signals are the service's, and a peer that is gone must not end the process by one.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        Unmanaged<LinkThread>.fromOpaque(argument).takeRetainedValue().loop.run()
        return nil
    }
}
