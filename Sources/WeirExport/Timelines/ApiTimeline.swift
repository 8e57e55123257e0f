// SPDX-License-Identifier: Apache-2.0

public import WeirLifecycle
public import WeirPolicy

/// The lives of an API's versions side by side, as pictures and calendars show them.
public struct ApiTimeline: Sendable, Hashable {
    /// A stretch of a life.
    public struct Span: Sendable, Hashable {
        /// What holds in it.
        public let state: LifecycleState
        /// When it begins.
        public let start: Instant
        /// When it ends, which is not part of it; nil: open.
        public let end: Instant?
    }

    /// A version, or a route that has dates of its own.
    public struct Lane: Sendable, Hashable {
        /// The version, and of a route its method and path.
        public let title: String
        /// Whether it is a route of the version above it.
        public let isRoute: Bool
        /// What takes its place, and why it ends.
        public let remark: String
        /// The spans in order, beginning with the release.
        public let spans: [Span]
    }

    /// The API's full name.
    public let name: QualifiedName
    /// Versions, each followed by its routes with dates of their own.
    public let lanes: [Lane]
    /// The first moment that anything happens, and the last one.
    public let first, last: Instant

    /// The timeline of an API; nil where no version has a date.
    public init?(_ api: ApiNode) {
        name = api.name
        lanes = api.versions.flatMap { version in
            [Self.lane(version, nil)]
                + version.routes.filter { $0.deprecated != nil || $0.sunset != nil }.map { Self.lane(version, $0) }
        }.filter { !$0.spans.isEmpty }
        let moments = lanes.flatMap(\.spans).map(\.start).sorted()
        guard let first = moments.first, let last = moments.last else { return nil }
        self.first = first
        self.last = last
    }

    private static func lane(_ version: ApiVersionNode, _ route: ApiRouteNode?) -> Lane {
        let phases = LifecycleTimeline(version, route: route).phases
        let ends = phases.dropFirst().map(\.start) + [nil]
        let spans = zip(phases, ends).compactMap { phase, end in
            phase.start.map { Span(state: phase.state, start: $0, end: end) }
        }
        let successor = (route?.successor ?? version.successor?.description).map { "→ \($0)" }
        let reason = route == nil ? version.reason : route?.reason
        return Lane(
            title: "\(version.version)" + (route.map { " \($0.method) \($0.path)" } ?? ""), isRoute: route != nil,
            remark: [successor, reason].compactMap { $0 }.joined(separator: ", "), spans: spans)
    }

    /// What happens, in order of time: when, to what, and what it is from then on.
    public var happenings: [(at: Instant, lane: Lane, words: String, end: Instant?)] {
        lanes.flatMap { lane in
            zip(lane.spans.indices, lane.spans).compactMap { place, span in
                let before = place > 0 ? lane.spans[place - 1].state : nil
                // A version comes back from a brownout as it went, and a route is released with its version.
                if before == .brownout, span.state != .sunset { return nil }
                if lane.isRoute, place == 0 { return nil }
                return (span.start, lane, Self.words(span.state, isFirst: place == 0), span.end)
            }
        }.sorted { ($0.at, $0.lane.title) < ($1.at, $1.lane.title) }
    }

    private static func words(_ state: LifecycleState, isFirst: Bool) -> String {
        switch state {
        case .planned: "planned"
        case .preview: "released as a preview"
        case .active: "released"
        case .announced: isFirst ? "released, its deprecation announced" : "deprecation announced"
        case .deprecated: "deprecated"
        case .brownout: "switched off for a while"
        case .sunset: "switched off"
        case .removed: "removed: requests are told that there is none"
        }
    }
}

/// How a timeline is written.
public enum TimelineFormat: String, Sendable, Hashable, CaseIterable {
    case text, svg, mermaid, ics
}

extension ApiTimeline {
    /// Writes timelines one below the other.
    /// - Parameters:
    ///   - today: a moment to mark; the calendar has no use for it.
    ///   - width: columns of a text.
    public static func text(
        _ timelines: [ApiTimeline], _ format: TimelineFormat, today: Instant? = nil, width: Int = 100
    ) -> String {
        switch format {
        case .text: TimelineText.of(timelines, today: today, width: width)
        case .svg: TimelineSVG.of(timelines, today: today)
        case .mermaid: TimelineMermaid.of(timelines)
        case .ics: TimelineCalendar.of(timelines)
        }
    }
}
