// SPDX-License-Identifier: Apache-2.0

@testable import WeirPolicy

/// Makes APIs at random, with every setting in reach.
struct ApiGenerator {
    /// A number from 0 to one below the bound.
    let pick: (Int) -> Int

    private func maybe<Value>(_ value: () throws -> Value) rethrows -> Value? { pick(2) == 0 ? nil : try value() }
    private func text() -> String { ["a", "/api", "it \"is\"", "ü \\ \n", ""][pick(5)] }
    private func instant() -> Instant { Instant(secondsSince1970: Int64(pick(4_000_000)) * 1000) }
    private func period() throws -> Period { try Period(1 + pick(99), Period.Unit.allCases[pick(4)]) }

    private func version(_ index: Int) throws -> ApiVersion {
        guard let version = ApiVersion(["v1", "v2.1", "2026-03-01"][index % 3]) else {
            throw InvalidValue(setting: "version", found: "", rule: "a version")
        }
        return version
    }

    func api(_ name: QualifiedName) throws -> ApiNode {
        var promises = ApiNode.Promises()
        promises.afterDeprecation = try maybe { try period() }
        promises.afterSuccessor = try maybe { try period() }
        promises.announceAhead = try maybe { try period() }
        promises.registry = maybe { text() }
        return ApiNode(
            name: name, service: maybe { QualifiedName(package: "a", name: "s") }, base: maybe { text() },
            promises: promises, negotiation: try negotiation(), neutral: (0..<pick(3)).map { _ in text() },
            alwaysAvailable: (0..<pick(3)).map { _ in text() },
            usage: try maybe {
                ApiNode.Usage(
                    consumers: [.caller, .header("X-Client"), .claim("sub")], alertWithin: try maybe { try period() })
            }, versions: try (0..<pick(4)).map { try node($0) })
    }

    private func negotiation() throws -> ApiNode.Negotiation {
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = [.path("/{version}/"), .header("X-API-Version"), .accept("a/{version}"), .query("v")]
        negotiation.disagreement = [.refused, .ranked][pick(2)]
        negotiation.unversioned = [.none, .latestStable, .oldest, .pinned, .version(try version(0))][pick(5)]
        for consumer in 0..<pick(3) { negotiation.pins["c\(consumer)"] = try version(consumer) }
        for fault in ApiNode.Fault.allCases { negotiation.statuses[fault] = maybe { 400 + pick(20) } }
        negotiation.takesNearestEarlier = pick(2) == 0
        return negotiation
    }

    private func node(_ index: Int) throws -> ApiVersionNode {
        var dates = ApiVersionNode.Dates()
        dates.released = maybe { instant() }
        dates.announced = maybe { instant() }
        dates.deprecated = maybe { instant() }
        dates.sunset = maybe { instant() }
        return ApiVersionNode(
            version: try version(index), extends: try maybe { try version(index + 1) }, dates: dates,
            stability: [.preview, .stable][pick(2)], successor: try maybe { try version(index + 1) },
            guide: maybe { text() }, reason: maybe { text() },
            brownouts: (0..<pick(3)).map { _ in .init(start: instant(), duration: .seconds(1 + pick(99)), status: 503)
            },
            grace: (0..<pick(3)).map { .init(consumer: "c\($0)", until: instant()) }, afterSunset: 400 + pick(20),
            emergency: maybe { text() },
            routes: (0..<pick(3)).map { number in
                ApiRouteNode(
                    method: "GET", path: "/\(number)", operation: QualifiedName(package: "a", name: "s.o"),
                    deprecated: maybe { instant() }, sunset: maybe { instant() }, successor: maybe { text() },
                    guide: maybe { text() }, reason: maybe { text() })
            })
    }
}
