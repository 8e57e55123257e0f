// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// A stretch of time in which no version of an API changes.
final class Stretch: Sendable {
    /// Its place among all stretches.
    let number: Int
    /// When it begins; nil: it has always been.
    let start: Instant?
    /// The state of each version by its place.
    let states: [LifecycleState]
    /// The places of the stable versions that are served, the oldest first.
    let living: [Int]
    /// The same, by name.
    let supported: [ApiVersion]
    /// The place of the newest of them; one that is not on its way out comes before the others.
    let latest: Int?
    /// The place of the version that a request without one gets, pins aside.
    let fallback: Int?
    /// The fields of answers without a version.
    let fields: HTTPFields

    init(
        number: Int, start: Instant?, states: [LifecycleState], of versions: [ApiVersionNode],
        _ negotiation: ApiNode.Negotiation, vary: String?
    ) {
        let living = versions.indices.filter { versions[$0].stability == .stable && states[$0].isAlive }
        let latest = living.last { !states[$0].isEnding } ?? living.last
        var fields = HTTPFields()
        if let vary { fields[.vary] = vary }
        if !living.isEmpty {
            fields[.supportedVersions] = living.map { versions[$0].version.description }.joined(separator: ", ")
        }
        if let latest { fields[.latestVersion] = versions[latest].version.description }
        self.number = number
        self.start = start
        self.states = states
        self.living = living
        self.latest = latest
        self.fields = fields
        supported = living.map { versions[$0].version }
        switch negotiation.unversioned {
        case .none: fallback = nil
        case .version(let version):
            let place = versions.firstIndex { $0.version == version }
            fallback = place.flatMap { place in
                if states[place].isKnown { return place }
                guard negotiation.takesNearestEarlier, case .date = version.scheme else { return nil }
                return Self.nearest(before: VersionKey(version), versions.map { VersionKey($0.version) }, states)
            }
        case .latestStable, .pinned: fallback = latest
        case .oldest: fallback = living.first
        }
    }

    /// The newest version before a day, among days.
    static func nearest(before key: VersionKey, _ keys: [VersionKey], _ states: [LifecycleState]) -> Int? {
        keys.indices.last { keys[$0].isDay && keys[$0] < key && states[$0].isKnown }
    }
}

/// All stretches of an API, in order of time.
struct StretchTable: Sendable {
    let stretches: [Stretch]
    private let starts: [Instant]

    init(_ node: ApiNode, _ timelines: [LifecycleTimeline], vary: String?) {
        let starts = Set(timelines.flatMap { $0.phases.compactMap(\.start) }).sorted()
        self.starts = starts
        stretches = ([nil] + starts.map(Optional.some)).enumerated().map { number, start in
            let now = start ?? Instant(secondsSince1970: .min)
            return Stretch(
                number: number, start: start, states: timelines.map { $0.state(at: now) }, of: node.versions,
                node.negotiation, vary: vary)
        }
    }

    /// The stretch of a moment, found by halving.
    func stretch(at now: Instant) -> Stretch {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= now { low = middle + 1 } else { high = middle }
        }
        return stretches[low]
    }
}
