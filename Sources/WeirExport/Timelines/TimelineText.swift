// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
import WeirPolicy

/// Timelines for a terminal: a bar a version, and below them what happens, day by day.
enum TimelineText {
    static func of(_ timelines: [ApiTimeline], today: Instant?, width: Int) -> String {
        timelines.map { of($0, today: today, width: width) }.joined(separator: "\n")
    }

    private static func of(_ timeline: ApiTimeline, today: Instant?, width: Int) -> String {
        let names = timeline.lanes.map { ($0.isRoute ? "  " : "") + $0.title }
        let margin = min(max(names.map(\.count).max() ?? 0, 4), 32) + 2
        let length = max(width - margin, 24)
        let scale = TimeScale([timeline], today: today, length: Double(length))
        func padded(_ text: String) -> String {
            let kept = text.count < margin ? text : text.prefix(margin - 2) + "…"
            return kept + String(repeating: " ", count: max(margin - kept.count, 0))
        }
        var lines = ["\(timeline.name)", padded("") + axis(scale, length)]
        for (name, lane) in zip(names, timeline.lanes) { lines.append(padded(name) + bar(lane, scale, length)) }
        if let today {
            let place = min(Int(scale.place(today)), length - 1)
            lines.append(padded("") + String(repeating: " ", count: place) + "^ today, \(today)")
        }
        lines += ["", legend(timeline, width), ""]
        for happening in timeline.happenings {
            let end = happening.words.hasSuffix("a while") ? happening.end.map { " until \($0)" } ?? "" : ""
            let remark =
                happening.words == "deprecated" && !happening.lane.remark.isEmpty ? " (\(happening.lane.remark))" : ""
            lines.append("  \(happening.at)  \(happening.lane.title) \(happening.words)\(end)\(remark)")
        }
        return lines.map { line in
            var line = line[...]
            while line.last == " " { line = line.dropLast() }
            return line + "\n"
        }.joined()
    }

    /// What the glyphs mean; few versions are ever removed, so that is said only where one is.
    private static func legend(_ timeline: ApiTimeline, _ width: Int) -> String {
        let isRemoved = timeline.lanes.contains { $0.spans.contains { $0.state == .removed } }
        let states = LifecycleState.allCases.filter { $0 != .planned && ($0 != .removed || isRemoved) }
        let words = states.map { "\(glyph($0)) \($0.rawValue)" }
        let line = words.joined(separator: "   ")
        return line.count > width ? words.joined(separator: "  ") : line
    }

    private static func glyph(_ state: LifecycleState) -> Character {
        switch state {
        case .planned: " "
        case .preview: "┄"
        case .active: "█"
        case .announced: "▓"
        case .deprecated: "▒"
        case .brownout: "!"
        case .sunset: "·"
        case .removed: "×"
        }
    }

    private static func bar(_ lane: ApiTimeline.Lane, _ scale: TimeScale, _ length: Int) -> String {
        var cells = [Character](repeating: " ", count: length)
        // Brownouts last, so that even the shortest is seen.
        for span in lane.spans.sorted(by: { $1.state == .brownout && $0.state != .brownout }) {
            let from = min(Int(scale.place(span.start)), length - 1)
            let to = max(Int(scale.place(span.end)), from + 1)
            for cell in from..<min(to, length) { cells[cell] = glyph(span.state) }
        }
        return String(cells)
    }

    private static func axis(_ scale: TimeScale, _ length: Int) -> String {
        var cells = [Character](repeating: " ", count: length)
        for tick in scale.ticks(closest: 10) {
            let from = Int(scale.place(tick.moment))
            guard from + tick.label.count + 1 <= length else { continue }
            for (offset, character) in ("|" + tick.label).enumerated() { cells[from + offset] = character }
        }
        return String(cells)
    }
}
