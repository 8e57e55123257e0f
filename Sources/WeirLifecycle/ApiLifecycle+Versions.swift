// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension ApiLifecycle {
    /// The version that was found; nil: no text spells it.
    func version(_ found: VersionNames.Found) -> ApiVersion? {
        switch found {
        case .declared(let place): versions[place].node.version
        case .other(let key): key.version
        }
    }

    /// The place of a version that exists, or of the newest before a day where the policy says so.
    func index(of found: VersionNames.Found, in stretch: Stretch) -> Int? {
        if case .declared(let place) = found, stretch.states[place].isKnown { return place }
        guard node.negotiation.takesNearestEarlier else { return nil }
        let key =
            switch found {
            case .declared(let place): names[place]
            case .other(let key): key
            }
        return key.isDay ? Stretch.nearest(before: key, versions.indices.map { names[$0] }, stretch.states) : nil
    }

    /// Whether a version is served to a consumer, graces included.
    func isAlive(_ index: Int, for consumer: String?, in stretch: Stretch, at now: Instant) -> Bool {
        let state = stretch.states[index]
        return state.isAlive || (state == .sunset && hasGrace(index, consumer, now))
    }

    func hasGrace(_ index: Int, _ consumer: String?, _ now: Instant) -> Bool {
        guard let consumer else { return false }
        return versions[index].node.grace.contains { $0.consumer == consumer && now < $0.until }
    }

    /// Whether anybody is served beyond the sunset of a version.
    func hasGrace(_ index: Int, at now: Instant) -> Bool { versions[index].node.grace.contains { now < $0.until } }

    /// The version for a range that every version meets: the default, else the newest that is not excluded.
    func anyVersion(_ question: Question, except isExcluded: (Int) -> Bool) -> Int? {
        let stretch = question.stretch
        if let index = stretch.fallback, !isExcluded(index),
            isAlive(index, for: question.consumer, in: stretch, at: question.now)
        {
            return index
        }
        return stretch.living.last { !isExcluded($0) && !stretch.states[$0].isEnding }
            ?? stretch.living.last { !isExcluded($0) }
    }
}
