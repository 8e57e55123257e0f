// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// What holds of every API at every moment, tried on many that chance made.
@Suite struct PropertyTests {
    /// A generator of chance that is the same every time (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
    struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let day: Int64 = 86_400
    private static let start: Int64 = 1_700_000_000

    private static func moment(_ chance: inout Seeded) -> Instant {
        Instant(secondsSince1970: start + Int64.random(in: 0..<2000 * day, using: &chance))
    }

    /// A version whose dates are in order, some of them missing, with brownouts anywhere and a route that may end earlier.
    private static func version(_ number: Int, _ chance: inout Seeded) throws -> ApiVersionNode {
        let moments = (0..<5).map { _ in moment(&chance) }.sorted()
        var dates = ApiVersionNode.Dates()
        dates.released = Bool.random(using: &chance) ? moments[0] : nil
        dates.announced = Bool.random(using: &chance) ? moments[1] : nil
        dates.deprecated = moments[2]
        dates.sunset = Bool.random(using: &chance) ? moments[3] : nil
        dates.removed = dates.sunset != nil && Bool.random(using: &chance) ? moments[4] : nil
        let brownouts = (0..<Int.random(in: 0...4, using: &chance)).map { _ in
            ApiVersionNode.Brownout(
                start: moment(&chance), duration: .seconds(Int.random(in: 1...200_000, using: &chance)), status: 410)
        }
        let operation = QualifiedName(package: "p", name: "s.o")
        let route = ApiRouteNode(method: "GET", path: "/a", operation: operation)
        let ending = ApiRouteNode(
            method: "GET", path: "/b", operation: operation, deprecated: moment(&chance), sunset: moment(&chance))
        return ApiVersionNode(
            version: try #require(ApiVersion("v\(number)")), dates: dates,
            stability: Int.random(in: 0..<4, using: &chance) == 0 ? .preview : .stable,
            brownouts: brownouts, routes: [route, ending])
    }

    private static func engine(_ seed: UInt64) throws -> (ApiLifecycle, Seeded) {
        var chance = Seeded(state: seed)
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = [
            .path("/{version}/"), .accept("application/vnd.x.{version}+json"), .header("X-API-Version"),
        ]
        negotiation.unversioned = .latestStable
        let versions = try (1...5).map { try version($0, &chance) }
        let name = QualifiedName(package: "p", name: "a")
        return (ApiLifecycle(ApiNode(name: name, negotiation: negotiation, versions: versions)), chance)
    }

    /// The state by its definition, without a table.
    private static func state(
        _ version: ApiVersionNode, _ route: ApiRouteNode?, at now: Instant
    ) -> LifecycleState {
        guard let released = version.dates.released, released <= now else { return .planned }
        if let removed = version.dates.removed, removed <= now { return .removed }
        let sunsets = [version.dates.sunset, route?.sunset].compactMap { $0 }
        if sunsets.contains(where: { $0 <= now }) { return .sunset }
        let isBrownout = version.brownouts.contains { brownout in
            brownout.start <= now
                && now.secondsSince1970 < brownout.start.secondsSince1970 + brownout.duration.components.seconds
        }
        if isBrownout { return .brownout }
        let deprecations = [version.dates.deprecated, route?.deprecated].compactMap { $0 }
        if deprecations.contains(where: { $0 <= now }) { return .deprecated }
        if let announced = version.dates.announced, announced <= now { return .announced }
        return version.stability == .preview ? .preview : .active
    }

    @Test(arguments: 0..<150 as Range<UInt64>)
    func `have exactly one state at each instant, the one that the dates define`(seed: UInt64) throws {
        var (engine, chance) = try Self.engine(seed)
        for version in engine.versions {
            for route in [nil] + version.node.routes.map(Optional.some) {
                let timeline = LifecycleTimeline(version.node, route: route)
                let starts = timeline.phases.compactMap(\.start)
                #expect(timeline.phases.first?.start == nil)
                #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 })
                let edges = starts.flatMap { start in
                    [-1, 0, 1].map { Instant(secondsSince1970: start.secondsSince1970 + $0) }
                }
                for now in edges + (0..<20).map({ _ in Self.moment(&chance) }) {
                    #expect(timeline.state(at: now) == Self.state(version.node, route, at: now), "\(now)")
                }
            }
        }
    }

    @Test(arguments: 0..<150 as Range<UInt64>)
    func `never choose a sunset version where a living one is acceptable`(seed: UInt64) throws {
        var (engine, chance) = try Self.engine(seed)
        for _ in 0..<40 {
            let now = Self.moment(&chance)
            let named = (0..<4).map { _ in
                (Int.random(in: 1...6, using: &chance), Int.random(in: 0...1000, using: &chance))
            }
            var weights: [Int: Int] = [:]
            for (number, weight) in named { weights[number] = max(weights[number] ?? 0, weight) }
            let value = named.map { "application/vnd.x.v\($0)+json;q=\($1 == 1000 ? "1" : "0.\(digits($1))")" }
            let fields: HTTPFields = [.accept: value.joined(separator: ", ")]
            let decision = engine.decide(ApiRequest(method: "GET", path: "/a", fields: fields), at: now)
            let living = weights.filter { number, weight in
                weight > 0 && number <= 5 && engine.versions[number - 1].timeline.state(at: now).isAlive
            }
            guard !living.isEmpty else {
                #expect(decision.status == 406 || decision.status == 410, "\(decision)")
                continue
            }
            let best = living.values.max()
            let chosen = try #require(decision.version)
            let number = try #require(Int("\(chosen)".dropFirst()))
            #expect(weights[number] == best && decision.state != .sunset, "\(value) at \(now): \(decision)")
        }
    }

    private func digits(_ number: Int) -> String {
        String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `send Sunset and Deprecation together, never the one before the other`(seed: UInt64) throws {
        var (engine, chance) = try Self.engine(seed)
        for _ in 0..<40 {
            let path = Bool.random(using: &chance) ? "/v\(Int.random(in: 1...5, using: &chance))/b" : "/b"
            let now = Self.moment(&chance)
            let decision = engine.decide(ApiRequest(method: "GET", path: path), at: now)
            for name in [HTTPField.Name.deprecation, .sunset, .apiVersion, .supportedVersions, .latestVersion, .vary] {
                #expect(decision.fields[values: name].count <= 1)
            }
            #expect(decision.fields[values: .vary] == ["Accept, X-API-Version"])
            if let notice = DeprecationNotice(decision.fields), let start = notice.deprecated, let end = notice.sunset {
                #expect(start <= end, "\(decision)")
            }
            let isOver = decision.state == .sunset
            #expect(!isOver || (decision.status == 410 && decision.fields[.sunset] != nil), "\(decision)")
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `decide alike on a path that is known and on one that is taken apart`(seed: UInt64) throws {
        var (engine, chance) = try Self.engine(seed)
        for _ in 0..<40 {
            let version = Bool.random(using: &chance) ? "/v\(Int.random(in: 1...6, using: &chance))" : ""
            let path = version + (["/a", "/b", "/c"].randomElement(using: &chance) ?? "/a")
            let method = ["GET", "HEAD", "POST", "OPTIONS"].randomElement(using: &chance) ?? "GET"
            var fields = HTTPFields()
            if Bool.random(using: &chance) { fields[.accept] = "application/vnd.x.v2+json, */*;q=0.1" }
            let now = Self.moment(&chance)
            let known = engine.decide(ApiRequest(method: method, path: path, fields: fields), at: now)
            // A slash at the end makes no difference, but for the look-up.
            let taken = engine.decide(ApiRequest(method: method, path: path + "/", fields: fields), at: now)
            #expect(engine.decide(ApiRequest(method: method, path: path, fields: fields), at: now) == known)
            let fresh = ApiLifecycle(engine.node)
            #expect(fresh.decide(ApiRequest(method: method, path: path, fields: fields), at: now) == known)
            #expect(known.status == taken.status && known.version == taken.version && known.fields == taken.fields)
            #expect(known.reason == taken.reason && known.state == taken.state && known.route == taken.route)
        }
    }
}
