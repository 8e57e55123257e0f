// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct LatencyTests {
    let bench = Bench()

    @Test(
        arguments: [
            (0, 0), (1023, 0), (1024, 1), (2047, 1), (2048, 2), (1_000_000, 10), (68_719_476_735, 26),
            (68_719_476_736, 27), (UInt64.max, 27),
        ] as [(UInt64, Int)])
    func `each time has its bucket`(nanoseconds: UInt64, bucket: Int) {
        #expect(LatencyHistogram.bucket(of: nanoseconds) == bucket)
        guard let end = LatencyHistogram.end(of: bucket) else { return }
        #expect(Duration.nanoseconds(Int64(nanoseconds)) < end)
    }

    @Test func `a share of the calls reaches to the end of a bucket`() {
        var counts = [UInt64](repeating: 0, count: LatencyHistogram.buckets)
        let empty = LatencyHistogram(counts: counts)
        #expect(empty.quantile(.percent(50)) == nil && empty.total == 0)
        counts[10] = 90
        counts[20] = 10
        let histogram = LatencyHistogram(counts: counts)
        #expect(histogram.quantile(.percent(0)) == LatencyHistogram.end(of: 10))
        #expect(histogram.quantile(.percent(90)) == LatencyHistogram.end(of: 10))
        #expect(histogram.quantile(.percent(91)) == LatencyHistogram.end(of: 20))
        #expect(histogram.quantile(.percent(100)) == LatencyHistogram.end(of: 20))
        counts[27] = 1000
        #expect(LatencyHistogram(counts: counts).quantile(.percent(99)) == nil, "longer than what is told apart")
    }

    @Test func `counts every call that reached its callee, waits and repetitions included`() throws {
        let pipeline = try bench.pipeline([try CompositionTests.retry(2)])
        func bucket(_ time: UInt64) -> Int { LatencyHistogram.bucket(of: time) }
        _ = bench.play(pipeline, [.answers(.success, after: 3 * millisecond)])
        _ = bench.play(pipeline, [.answers(.failure(.refused), after: 3 * millisecond)])
        let latency = pipeline.counters.snapshot().latency
        #expect(latency.total == 2)
        #expect(latency.counts[bucket(3 * millisecond)] == 1)
        #expect(latency.counts[bucket(106 * millisecond)] == 1, "two attempts and the wait between them")
        #expect(pipeline.counters.snapshot().successes == 1)
    }

    @Test func `refused and cancelled calls are not timed`() throws {
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1))])
        var call = CallMachine(pipeline)
        #expect(call.begin(at: 0) == .attempt(until: .max))
        _ = bench.play(pipeline, [.answers(.success)])
        #expect(call.cancel(at: second) == .finish(.cancelled))
        let counts = pipeline.counters.snapshot()
        #expect(counts.latency.total == 0 && counts.rejectedFull == 1 && counts.cancelled == 1)
    }

    @Test func `a pipeline without time limits is timed like any other`() async throws {
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1))])
        let clock = bench.clock
        try await pipeline.run { clock.advance(by: .seconds(2)) }
        #expect(pipeline.counters.snapshot().latency.counts[LatencyHistogram.bucket(of: 2 * second)] == 1)
    }
}
