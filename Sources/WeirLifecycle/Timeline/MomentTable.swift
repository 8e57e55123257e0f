// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// What the answers of a version, or of a route with dates of its own, say from moment to moment.
///
/// A class, so that handing it around counts one reference.
final class MomentTable: Sendable {
    /// What holds from a moment on, until the next one.
    final class Moment: Sendable {
        let start: Instant?
        let phase: LifecycleTimeline.Phase
        /// The fields of every answer, but for links that depend on the path.
        let fields: HTTPFields
        /// Whether answers tell of the end.
        let isPublicEnding: Bool

        init(start: Instant?, phase: LifecycleTimeline.Phase, fields: HTTPFields) {
            self.start = start
            self.phase = phase
            self.fields = fields
            isPublicEnding = phase.state.isPublicEnding
        }
    }

    let timeline: LifecycleTimeline
    private let moments: [Moment]

    init(_ timeline: LifecycleTimeline, of version: ApiVersion, _ table: StretchTable) {
        self.timeline = timeline
        let starts = Set(timeline.phases.compactMap(\.start) + table.stretches.compactMap(\.start)).sorted()
        moments = ([nil] + starts.map(Optional.some)).map { start in
            let now = start ?? Instant(secondsSince1970: .min)
            let phase = timeline.phase(at: now)
            var fields = table.stretch(at: now).fields
            fields[.apiVersion] = version.description
            fields.append(contentsOf: phase.fields)
            return Moment(start: start, phase: phase, fields: fields)
        }
    }

    /// What holds in a stretch, for the table of a version: it changes with stretches only.
    subscript(_ stretch: Stretch) -> Moment { moments[stretch.number] }

    /// What holds at a moment, found by halving.
    func moment(at now: Instant) -> Moment {
        var (low, high) = (0, moments.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if let start = moments[middle].start, start <= now { low = middle } else { high = middle }
        }
        return moments[low]
    }
}
