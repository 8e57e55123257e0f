// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import WeirEvents

/// A few connections, each with a thread of its own that waits for the server, so that no task holds up a thread of the service.
final class PostgreSQLPool: Sendable {
    /// The most pieces of work that wait for a connection; beyond it they are refused.
    static let mostWaiting = 1024
    /// The most connections.
    static let mostConnections = 64

    private let queue = WorkQueue(most: mostWaiting)

    init(_ server: String, connections: Int) {
        for _ in 0..<min(max(connections, 1), Self.mostConnections) { PostgreSQLThread.start(server, queue) }
    }

    deinit { queue.close() }

    /// Runs work on one of the connections; the task waits without holding a thread.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        let isDone = Handover()
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, any Error>, Never>) in
            let isTaken = queue.append { connection in
                let result = Result { try work(connection) }
                isDone.flag.store(true, ordering: .releasing)
                continuation.resume(returning: result)
            }
            if !isTaken {
                let error = StoreError(.full, "\(Self.mostWaiting) pieces of work wait for a connection")
                continuation.resume(returning: .failure(error))
            }
        }
        _ = isDone.flag.load(ordering: .acquiring)
        return try result.get()
    }

    /// Orders the thread's writes before the task's reads where the thread sanitizer sees it.
    private final class Handover: Sendable {
        let flag = Atomic<Bool>(false)
    }
}

/// Work that waits for a thread.
///
/// Safe to share: `waiting` and `isClosed` are read and written only while `mutex` is held; both C objects stay where they are until
/// nobody has the queue any more.
private final class WorkQueue: @unchecked Sendable {
    typealias Work = @Sendable (PostgreSQLConnection) -> Void

    private let most: Int
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [Work] = []
    private var first = 0
    private var isClosed = false

    init(most: Int) {
        self.most = most
        mutex.initialize(to: pthread_mutex_t())
        filled.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(filled, nil)
    }

    deinit {
        pthread_cond_destroy(filled)
        pthread_mutex_destroy(mutex)
        filled.deallocate()
        mutex.deallocate()
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Adds work; false where there is too much.
    func append(_ work: @escaping Work) -> Bool {
        locked {
            guard waiting.count - first < most, !isClosed else { return false }
            waiting.append(work)
            pthread_cond_signal(filled)
            return true
        }
    }

    /// The next work; waits for it. Nil once the queue is closed and empty.
    func next() -> Work? {
        locked {
            while first == waiting.count, !isClosed { pthread_cond_wait(filled, mutex) }
            guard first < waiting.count else { return nil }
            let work = waiting[first]
            first += 1
            if first == waiting.count {
                waiting.removeAll(keepingCapacity: true)
                first = 0
            }
            return work
        }
    }

    func close() {
        locked {
            isClosed = true
            pthread_cond_broadcast(filled)
        }
    }
}

/// A thread that owns one connection.
private final class PostgreSQLThread: Sendable {
    private let server: String
    private let queue: WorkQueue

    private init(_ server: String, _ queue: WorkQueue) {
        self.server = server
        self.queue = queue
    }

    static func start(_ server: String, _ queue: WorkQueue) {
        let box = Unmanaged.passRetained(PostgreSQLThread(server, queue))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<PostgreSQLThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        if failure == 0 { pthread_detach(thread) } else { box.release() }
    }

    private func run() {
        let connection = PostgreSQLConnection(server)
        while let work = queue.next() { work(connection) }
    }
}
