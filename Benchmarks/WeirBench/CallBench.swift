// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Logging
import Synchronization
import Weir
import WeirPolicy
import WeirResilience

/// What a call through a pipeline costs, beside a direct call, and what reloads cost its callers.
enum CallBench {
    /// One policy a row, and the file that declares them all; `changed` is what the reload storm edits.
    static func text(changed: Int) -> String {
        """
        edition 1
        policy breaker-only {
          breaker {
            trip at 50% failing
          }
        }
        policy retry-only {
          retry up to 3 attempts
        }
        policy bulkhead-only {
          bulkhead 100 calls
        }
        policy limit-only {
          limit 1000000000/s
        }
        policy three {
          retry up to 3 attempts
          breaker {
            trip at 50% failing
          }
          bulkhead 100 calls
        }
        policy everything {
          deadline 10s
          limit 1000000000/s
          retry up to 3 attempts
          breaker {
            trip at 50% failing
          }
          bulkhead 100 calls
          timeout 5s
        }
        policy unrelated {
          deadline \(changed)s
        }
        """
    }

    static let names = [
        "breaker-only", "retry-only", "bulkhead-only", "limit-only", "three", "everything",
    ]

    /// Runs the figures on the cooperative pool and waits; the main thread does nothing else meanwhile.
    static func run(_ report: inout Report) {
        let result = Mutex<Report?>(nil)
        let start = report
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            var report = start
            do {
                try await measure(&report)
            } catch {
                report.row("the calls could not be measured: \(error)", 1, "", .atMost(0))
            }
            result.withLock { $0 = report }
            done.signal()
        }
        done.wait()
        report = result.withLock { $0 } ?? report
    }

    private static func measure(_ report: inout Report) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("weir-calls-\(getpid())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appendingPathComponent("calls.weir")
        try Data(text(changed: 1).utf8).write(to: file)
        var configuration = WeirConfiguration(logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        configuration.watchesFiles = false
        let weir = try await Weir.load(from: directory.path, configuration: configuration)

        report.title("calls, nanoseconds of one task (a trivial operation)")
        let direct = try await median { try await operation() }
        report.row("direct async call (baseline)", direct, "ns")
        for name in names {
            let handle: OperationHandle<Int> = try weir.operation(name)
            let through = try await median { try await handle.run { try await operation() } }
            report.row("through `\(name)`", through - direct, "ns more")
        }
        graphRead(&report)
        try await storm(&report, weir, file)
    }

    /// Reading the graph in force, as each call does: counted in, read, counted out.
    private static func graphRead(_ report: inout Report) {
        final class Graph: Sendable { let number = 1 }
        let cell = GraphCell(Graph())
        let count = 10_000_000
        var sum = 0
        let time = Measure.median {
            for _ in 0..<count {
                let ticket = cell.enter()
                sum &+= cell.graph(ticket)?._withUnsafeGuaranteedRef(\.number) ?? 0
                cell.exit(ticket)
            }
        }
        keep(sum)
        report.row("reading the graph in force", time / Double(count), "ns", .atMost(15))
    }

    /// A call through an unchanged pipeline while another policy of the same files changes ten times a second.
    private static func storm(_ report: inout Report, _ weir: Weir, _ file: URL) async throws {
        let handle: OperationHandle<Int> = try weir.operation("three")
        let call: () async throws -> Void = { keep(try await handle.run { try await operation() }) }
        report.title("a reload storm, ten reloads a second")
        var calm: [Double] = [], stormy: [Double] = []
        for _ in 0..<7 {
            calm.append(try await round(call))
            let reloads = Task.detached { () -> Int in
                var count = 0
                while !Task.isCancelled {
                    try Data(text(changed: count % 1000 + 2).utf8).write(to: file)
                    keep(await weir.reload())
                    count += 1
                    try? await Task.sleep(for: .milliseconds(100))
                }
                return count
            }
            stormy.append(try await round(call))
            reloads.cancel()
            keep(try? await reloads.value)
        }
        report.row("a call, no reloads (baseline)", calm.sorted()[3], "ns")
        report.row("a call during the storm", stormy.sorted()[3], "ns")
        report.row("a call during the storm, times without", stormy.sorted()[3] / calm.sorted()[3], "x", .atMost(1.1))
    }

    @inline(never) static func operation() async throws -> Int { 1 }

    private static func median(_ call: () async throws -> Int) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<7 { times.append(try await round(count: 200_000) { keep(try await call()) }) }
        return times.sorted()[3]
    }

    /// Nanoseconds of one call, over about a second of calls.
    private static func round(count: Int = 3_000_000, _ call: () async throws -> Void) async throws -> Double {
        let start = Measure.now()
        for _ in 0..<count { try await call() }
        return Double(Measure.now() - start) / Double(count)
    }
}
