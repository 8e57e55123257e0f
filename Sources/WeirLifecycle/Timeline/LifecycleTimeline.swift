// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import WeirPolicy

/// What a version or a route is, from the beginning of time to its end: intervals that neither overlap nor leave a gap.
public struct LifecycleTimeline: Sendable, Hashable {
    /// An interval: it lasts from its start until the start of the next one, which is not part of it.
    public struct Phase: Sendable, Hashable {
        /// When it begins; nil: it has always been.
        public let start: Instant?
        /// What holds in it.
        public let state: LifecycleState
        /// The status of every answer; nil: that of the handler.
        public let status: Int?
        /// When a brownout is over; nil for other states, and when the sunset ends it.
        public let resumes: Instant?
        /// The fields that every answer has: `Deprecation`, `Sunset` and the links to the guide.
        public let fields: HTTPFields
    }

    /// The intervals in order of time; the first has no start.
    public let phases: [Phase]
    /// The earliest deprecation of version and route.
    public let deprecated: Instant?
    /// The earliest sunset of version and route.
    public let sunset: Instant?

    /// The interval of a moment, found by halving.
    public func phase(at now: Instant) -> Phase { phases[place(of: now)] }

    private func place(of now: Instant) -> Int {
        var (low, high) = (0, phases.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if let start = phases[middle].start, start <= now { low = middle } else { high = middle }
        }
        return low
    }

    /// The state at a moment.
    public func state(at now: Instant) -> LifecycleState { phases[place(of: now)].state }
}

extension LifecycleTimeline {
    /// The intervals of a version, or of a route of it; where both have a date, the earlier one wins.
    public init(_ version: ApiVersionNode, route: ApiRouteNode? = nil) {
        let dates = PhaseDates(version, route: route)
        let starts: [Instant?] = [nil] + dates.boundaries
        var phases: [Phase] = []
        for start in starts {
            let phase = dates.phase(from: start)
            if let last = phases.last, last.state == phase.state, last.status == phase.status { continue }
            phases.append(phase)
        }
        self.init(phases: phases, deprecated: dates.deprecated, sunset: dates.sunset)
    }
}

/// The dates that decide which phase holds.
private struct PhaseDates {
    let version: ApiVersionNode
    let guide: String?
    let announced: Instant?
    let deprecated: Instant?
    let sunset: Instant?
    let removed: Instant?

    init(_ version: ApiVersionNode, route: ApiRouteNode?) {
        self.version = version
        guide = route?.guide ?? version.guide
        announced = version.dates.announced
        sunset = [version.dates.sunset, route?.sunset].compactMap { $0 }.min()
        let deprecations = [version.dates.deprecated, route?.deprecated].compactMap { $0 }
        // What ends is deprecated by then: `Sunset` must not be earlier than `Deprecation` (RFC 9745, 4).
        deprecated = (deprecations.isEmpty ? [] : deprecations + [sunset].compactMap { $0 }).min()
        removed = version.dates.removed
    }

    /// All moments at which something may change.
    var boundaries: [Instant] {
        var moments: Set<Instant> = []
        for case let date? in [version.dates.released, announced, deprecated, sunset, removed] { moments.insert(date) }
        for brownout in version.brownouts {
            moments.insert(brownout.start)
            moments.insert(brownout.end)
        }
        return moments.sorted { $0 < $1 }
    }

    func phase(from start: Instant?) -> LifecycleTimeline.Phase {
        let state = self.state(at: start)
        let brownout = start.flatMap { self.brownout(at: $0) }
        let status: Int? =
            switch state {
            case .sunset: version.afterSunset
            case .brownout: brownout?.status
            default: nil
            }
        return LifecycleTimeline.Phase(
            start: start, state: state, status: status,
            resumes: state == .brownout ? start.flatMap { self.resumption(from: $0) } : nil,
            fields: state.isPublicEnding ? fields : HTTPFields())
    }

    private func state(at start: Instant?) -> LifecycleState {
        guard let start, let released = version.dates.released, released <= start else { return .planned }
        func reached(_ date: Instant?) -> Bool { date.map { $0 <= start } ?? false }
        if reached(removed) { return .removed }
        if reached(sunset) { return .sunset }
        if brownout(at: start) != nil { return .brownout }
        if reached(deprecated) { return .deprecated }
        if reached(announced) { return .announced }
        return version.stability == .preview ? .preview : .active
    }

    private func brownout(at now: Instant) -> ApiVersionNode.Brownout? {
        version.brownouts.first { $0.start <= now && now < $0.end }
    }

    /// The end of all brownouts that follow each other without a gap.
    private func resumption(from now: Instant) -> Instant? {
        var end = now
        for brownout in version.brownouts where brownout.start <= end { end = max(end, brownout.end) }
        if let sunset, sunset <= end { return nil }
        return end
    }

    private var fields: HTTPFields {
        var fields = HTTPFields()
        if let deprecated { fields[.deprecation] = HeaderValues.structuredDate(deprecated) }
        if let sunset { fields[.sunset] = HeaderValues.fixedDate(sunset) }
        guard let guide else { return fields }
        fields.append(HTTPField(name: .link, value: HeaderValues.link(guide, "deprecation", type: "text/html")))
        if sunset != nil {
            fields.append(HTTPField(name: .link, value: HeaderValues.link(guide, "sunset", type: "text/html")))
        }
        return fields
    }
}

extension ApiVersionNode.Brownout {
    /// When it is over; a part of a second counts as a whole one.
    var end: Instant {
        let (seconds, rest) = duration.components
        return Instant(secondsSince1970: start.secondsSince1970 + seconds + (rest > 0 ? 1 : 0))
    }
}
