// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// Which versions of an API live, from moment to moment, with the fields that say so.
struct SupportTable: Sendable, Hashable {
    /// What holds from a moment on.
    struct Entry: Sendable, Hashable {
        let start: Instant?
        /// The stable versions that are served, the oldest first.
        let supported: [ApiVersion]
        /// The newest of them; one that is not on its way out comes before the others.
        let latest: ApiVersion?
        let fields: HTTPFields
    }

    let entries: [Entry]

    init(_ versions: [(version: ApiVersion, isStable: Bool, timeline: LifecycleTimeline)], vary: String?) {
        let starts = Set(versions.flatMap { $0.timeline.phases.compactMap(\.start) }).sorted()
        entries = ([nil] + starts.map(Optional.some)).map { start in
            let now = start ?? Instant(secondsSince1970: .min)
            let living = versions.filter { $0.isStable && $0.timeline.state(at: now).isAlive }
            let latest = living.last { !$0.timeline.state(at: now).isEnding } ?? living.last
            var fields = HTTPFields()
            if let vary { fields[.vary] = vary }
            if !living.isEmpty {
                fields[.supportedVersions] = living.map(\.version.description).joined(separator: ", ")
            }
            if let latest { fields[.latestVersion] = latest.version.description }
            return Entry(
                start: start, supported: living.map(\.version), latest: latest?.version, fields: fields)
        }
    }

    func entry(at now: Instant) -> Entry {
        var (low, high) = (0, entries.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if let start = entries[middle].start, start <= now { low = middle } else { high = middle }
        }
        return entries[low]
    }
}
