// SPDX-License-Identifier: Apache-2.0

import CRabbitMQ
import Glibc
import Synchronization

/// Wakes a thread that waits for a broker. To wake one that was woken already costs no call of the system.
final class WakeUp: Sendable {
    private let file: Int32
    private let isRung = Atomic<Bool>(false)

    /// - Throws: ``BrokerFault`` when the system gives no file for it.
    init() throws(BrokerFault) {
        file = weir_wake_file()
        guard file >= 0 else { throw .connection("the system gives no more files") }
    }

    deinit { close(file) }

    func ring() {
        guard !isRung.exchange(true, ordering: .acquiringAndReleasing) else { return }
        eventfd_write(file, 1)
    }

    /// Waits until it rings, or there is something to read, at most so many milliseconds.
    func wait(for socket: Int32?, milliseconds: Int32) {
        var files = [
            pollfd(fd: file, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&files, nfds_t(files.count), milliseconds)
        guard files[0].revents != 0 else { return }
        var count: eventfd_t = 0
        eventfd_read(file, &count)
        // Only now: what comes from here on rings again.
        isRung.store(false, ordering: .sequentiallyConsistent)
    }
}
