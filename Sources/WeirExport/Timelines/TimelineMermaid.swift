// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
import WeirPolicy

/// Timelines as Gantt charts of Mermaid, one for all APIs.
enum TimelineMermaid {
    static func of(_ timelines: [ApiTimeline]) -> String {
        let end = TimeScale(timelines, today: nil, length: 1).end
        var lines = [
            "gantt", "  title \(timelines.map { "\($0.name)" }.joined(separator: " and "))",
            "  dateFormat YYYY-MM-DDTHH:mm:ss", "  axisFormat %Y-%m",
        ]
        for timeline in timelines {
            for lane in timeline.lanes {
                let owner = timelines.count > 1 ? "\(timeline.name) " : ""
                lines.append("  section \(safe(owner + lane.title))")
                for span in lane.spans {
                    let from = moment(span.start)
                    if span.state == .sunset || span.state == .removed {
                        let name = span.state == .sunset ? "switched off" : "removed"
                        lines.append("  \(name) : milestone, \(from), 0d")
                    } else {
                        lines.append("  \(span.state.rawValue) : \(tag(span.state))\(from), \(moment(span.end ?? end))")
                    }
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func tag(_ state: LifecycleState) -> String {
        switch state {
        case .active: "active, "
        case .deprecated: "done, "
        case .brownout: "crit, "
        case .planned, .preview, .announced, .sunset, .removed: ""
        }
    }

    /// A colon or a semicolon would end the name of a section.
    private static func safe(_ text: String) -> String {
        String(text.map { ":;#,".contains($0) ? " " : $0 })
    }

    private static func moment(_ instant: Instant) -> String {
        let text = "\(instant)"
        return text.utf8.count == 10 ? text + "T00:00:00" : String(text.dropLast())
    }
}
