// SPDX-License-Identifier: Apache-2.0

import Dispatch
import HTTPTypes
import Synchronization
import WeirLifecycle
import WeirPolicy

/// What deciding a request's version costs, beside a direct asynchronous call, and whether that depends on the number of routes.
///
/// Every round sends thousands of different requests to all routes in turn, so that nothing that remembers one of them helps.
enum LifecycleBench {
    private static let calls = 100_000
    private static let now = Instant(secondsSince1970: 1_780_000_000)

    /// What requests look like; each gives another one for every number.
    private enum Kind: String, CaseIterable {
        case path = "by path"
        case parameter = "by path, with a parameter"
        case accept = "by Accept with four ranges"
        case links = "by path with links, deprecated"

        func request(_ number: Int, of routes: Int) -> ApiRequest {
            let resource = "resource-\(number * 7 % routes)"
            let fields: HTTPFields = [.userAgent: "bench/1.0", .accept: "*/*", .acceptEncoding: "gzip"]
            switch self {
            case .path: return ApiRequest(method: "GET", path: "/api/v2/\(resource)/items", fields: fields)
            case .parameter:
                return ApiRequest(method: "GET", path: "/api/v2/\(resource)/items/\(number)", fields: fields)
            case .links: return ApiRequest(method: "GET", path: "/api/v1/\(resource)/items", fields: fields)
            case .accept:
                let (old, new) = ("application/vnd.bench.v1+json", "application/vnd.bench.v2+json")
                var fields = fields
                fields[.accept] =
                    "\(old);q=0.\(number % 900 + 10), \(new);q=0.\(number % 89 + 910), text/html, */*;q=0.1"
                return ApiRequest(method: "GET", path: "/api/\(resource)/items", fields: fields)
            }
        }
    }

    static func run(_ report: inout Report) {
        report.title("API versions (4,096 different requests in turn)")
        let (few, many) = (engine(routes: 20), engine(routes: 2_000))
        let direct = directCall() / Double(calls)
        report.row("a direct asynchronous call", direct, "ns")
        for kind in Kind.allCases {
            let (small, large) = (
                (0..<4096).map { kind.request($0, of: 20) }, (0..<4096).map { kind.request($0, of: 2_000) }
            )
            let times = Measure.medians {
                decide(few, small)
            } _: {
                decide(many, large)
            }
            let bar: Report.Bar? = kind == .links ? nil : .atMost(25)
            report.row("a decision \(kind.rawValue)", times.0 / Double(calls), "ns")
            report.row("  beside a direct call", times.0 / Double(calls) / direct, "times", bar)
            report.row("  2,000 routes to 20", times.1 / times.0, "times", .atMost(1.2))
        }
        let same = Kind.accept.request(1, of: 20)
        let again = Measure.median { decide(few, [same]) }
        report.row("a decision by Accept, the same one again and again", again / Double(calls), "ns")
    }

    private static func decide(_ engine: ApiLifecycle, _ requests: [ApiRequest]) {
        var place = 0
        for _ in 0..<calls {
            keep(engine.decide(requests[place], at: now))
            place += 1
            if place == requests.count { place = 0 }
        }
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
        let routes = (0..<count).flatMap { number in
            ["items", "items/{id}"].map {
                ApiRouteNode(method: "GET", path: "/resource-\(number)/\($0)", operation: operation)
            }
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
