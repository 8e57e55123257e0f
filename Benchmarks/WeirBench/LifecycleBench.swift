// SPDX-License-Identifier: Apache-2.0

import Dispatch
import HTTPTypes
import Synchronization
import WeirLifecycle
import WeirPolicy

/// What deciding a request's version costs, beside a direct asynchronous call, and whether that depends on the number of routes.
enum LifecycleBench {
    private static let calls = 200_000
    private static let now = Instant(secondsSince1970: 1_780_000_000)

    static func run(_ report: inout Report) {
        report.title("API versions")
        let (few, many) = (engine(routes: 20), engine(routes: 2_000))
        let path = ApiRequest(method: "GET", path: "/api/v2/resource-7/items")
        let accept = ApiRequest(
            method: "GET", path: "/api/resource-7/items",
            fields: [
                .userAgent: "bench/1.0",
                .accept:
                    "application/vnd.bench.v1+json;q=0.4, application/vnd.bench.v2+json;q=0.9, text/html, */*;q=0.1",
            ])
        let direct = directCall() / Double(calls)
        report.row("a direct asynchronous call", direct, "ns")
        let (small, large) = Measure.medians {
            decide(few, path)
        } _: {
            decide(many, path)
        }
        let accepted = Measure.median { decide(few, accept) }
        let old = Measure.median { decide(few, ApiRequest(method: "GET", path: "/api/v1/resource-7/items")) }
        report.row("a decision by path", small / Double(calls), "ns")
        report.row("  beside a direct call", small / Double(calls) / direct, "times", .atMost(25))
        report.row("a decision by Accept with four ranges", accepted / Double(calls), "ns")
        report.row("  beside a direct call", accepted / Double(calls) / direct, "times", .atMost(25))
        report.row("a decision by path with links, deprecated", old / Double(calls), "ns")
        report.row("2,000 routes to 20", large / small, "times", .atMost(1.2))
    }

    private static func decide(_ engine: ApiLifecycle, _ request: ApiRequest) {
        for _ in 0..<calls { keep(engine.decide(request, at: now)) }
    }

    @inline(never) private static func answer(_ number: Int) async -> Int { number &+ 1 }

    /// The median time of a round of calls that do nothing, on the cooperative pool.
    private static func directCall() -> Double {
        let result = Mutex<Double>(0)
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            var times: [UInt64] = []
            for _ in 0..<8 {
                let start = Measure.now()
                for number in 0..<calls { keep(await answer(number)) }
                times.append(Measure.now() - start)
            }
            let median = Double(times.sorted()[4])
            result.withLock { $0 = median }
            done.signal()
        }
        done.wait()
        return result.withLock { $0 }
    }

    private static func engine(routes count: Int) -> ApiLifecycle {
        let operation = QualifiedName(package: "bench", name: "service.operation")
        let routes = (0..<count).map {
            ApiRouteNode(method: "GET", path: "/resource-\($0)/items", operation: operation)
        }
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = [
            .path("/{version}/"), .accept("application/vnd.bench.{version}+json"), .header("X-API-Version"),
        ]
        negotiation.unversioned = .latestStable
        var (old, new) = (ApiVersionNode.Dates(), ApiVersionNode.Dates())
        old.released = Instant(secondsSince1970: 1_700_000_000)
        old.deprecated = Instant(secondsSince1970: 1_750_000_000)
        old.sunset = Instant(secondsSince1970: 1_800_000_000)
        new.released = Instant(secondsSince1970: 1_740_000_000)
        let versions = [("v1", old), ("v2", new)].compactMap { name, dates in
            ApiVersion(name).map {
                ApiVersionNode(
                    version: $0, dates: dates, successor: name == "v1" ? ApiVersion("v2") : nil,
                    guide: name == "v1" ? "https://docs.example/v1" : nil, routes: routes)
            }
        }
        return ApiLifecycle(
            ApiNode(
                name: QualifiedName(package: "bench", name: "api"), base: "/api", negotiation: negotiation,
                neutral: ["/api/health"], alwaysAvailable: ["/api/v1/system/deprecations"], versions: versions))
    }
}
