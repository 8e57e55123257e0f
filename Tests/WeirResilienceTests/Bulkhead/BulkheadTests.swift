// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct BulkheadTests {
    @Test func `lets so many in and refuses the rest`() throws {
        let bulkhead = Bulkhead(try BulkheadPolicy(calls: 2))
        #expect((0..<5).count { _ in bulkhead.tryAcquire() } == 2)
        #expect(bulkhead.enter(Waiter {}) == .full)
        bulkhead.release()
        #expect(bulkhead.tryAcquire())
    }

    @Test func `a bulkhead of zero refuses every call, whatever its queue`() throws {
        let bulkhead = Bulkhead(try BulkheadPolicy(calls: 0, queue: 5))
        #expect(!bulkhead.tryAcquire() && bulkhead.enter(Waiter {}) == .full && !bulkhead.takesWaiters)
    }

    @Test(arguments: [(BulkheadPolicy.Order.oldest, [1, 2, 3]), (.newest, [3, 2, 1])])
    func `serves those who wait in order, and nobody overtakes`(order: BulkheadPolicy.Order, served: [Int]) throws {
        let bulkhead = Bulkhead(try BulkheadPolicy(calls: 1, queue: 3, order: order))
        let log = Log()
        #expect(bulkhead.tryAcquire())
        for number in 1...3 { #expect(bulkhead.enter(Waiter { log.add(number) }) == .queued) }
        #expect(bulkhead.enter(Waiter {}) == .full)
        #expect(!bulkhead.tryAcquire())
        for _ in 1...3 { bulkhead.release() }
        #expect(log.numbers == served)
        #expect(bulkhead.snapshot == BulkheadSnapshot(places: 1, running: 1, waiting: 0))
        bulkhead.release()
        #expect(bulkhead.snapshot.running == 0)
    }

    @Test func `one who leaves the queue leaves no gap`() throws {
        let bulkhead = Bulkhead(try BulkheadPolicy(calls: 1, queue: 3))
        let log = Log()
        #expect(bulkhead.tryAcquire())
        let waiters = (1...3).map { number in Waiter { log.add(number) } }
        for waiter in waiters { #expect(bulkhead.enter(waiter) == .queued) }
        #expect(bulkhead.leave(waiters[1]))
        #expect(!bulkhead.leave(waiters[1]))
        bulkhead.release()
        bulkhead.release()
        #expect(log.numbers == [1, 3])
        #expect(!bulkhead.leave(waiters[0]), "a place that was granted has to be given back")
    }

    @Test func `a call waits for its place until its longest wait is over`() throws {
        let bench = Bench()
        let pipeline = try bench.pipeline([
            .bulkhead(try BulkheadPolicy(calls: 1, queue: 1, maxWait: .milliseconds(100)))
        ])
        var first = CallMachine(pipeline)
        var second = CallMachine(pipeline)
        var third = CallMachine(pipeline)
        #expect(first.begin(at: 0) == .attempt(until: .max))
        #expect(second.begin(at: 0) == .queue)
        #expect(second.enqueue(Waiter {}, at: 0) == .queued(until: 100 * millisecond))
        #expect(third.begin(at: 0) == .finish(.error))
        #expect(second.queueExpired(at: 100 * millisecond) == .finish(.error))
        #expect(second.outcome.refusal == .bulkheadFull)
        #expect(bench.bulkhead()?.snapshot == BulkheadSnapshot(places: 1, running: 1, waiting: 0))
        #expect(first.attemptEnded(.success, at: 100 * millisecond) == .finish(.attempt))
        #expect(bench.bulkhead()?.snapshot.running == 0)
    }

    @Test func `a grant at the moment of expiry is used`() throws {
        let bench = Bench()
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1, queue: 1))])
        var first = CallMachine(pipeline)
        var second = CallMachine(pipeline)
        #expect(first.begin(at: 0) == .attempt(until: .max))
        #expect(second.begin(at: 0) == .queue)
        #expect(second.enqueue(Waiter {}, at: 0) == .queued(until: .max))
        #expect(first.attemptEnded(.success, at: 5) == .finish(.attempt))
        #expect(second.queueExpired(at: 5) == .attempt(until: .max))
        #expect(second.attemptEnded(.success, at: 6) == .finish(.attempt))
        #expect(bench.bulkhead()?.snapshot.running == 0)
    }

    @Test func `a cancelled waiter gives a place back that it was just granted`() throws {
        let bench = Bench()
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1, queue: 1))])
        var first = CallMachine(pipeline)
        var second = CallMachine(pipeline)
        #expect(first.begin(at: 0) == .attempt(until: .max))
        #expect(second.begin(at: 0) == .queue)
        #expect(second.enqueue(Waiter {}, at: 0) == .queued(until: .max))
        #expect(first.attemptEnded(.success, at: 5) == .finish(.attempt))
        #expect(second.cancel(at: 5) == .finish(.cancelled))
        #expect(bench.bulkhead()?.snapshot == BulkheadSnapshot(places: 1, running: 0, waiting: 0))
    }
}

/// Numbers in the order in which closures gave them.
final class Log: Sendable {
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var list: [Int] = []

    func add(_ number: Int) { lock.withLock { list.append(number) } }
    var numbers: [Int] { lock.withLock { list } }
}
