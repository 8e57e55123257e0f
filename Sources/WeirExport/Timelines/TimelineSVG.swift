// SPDX-License-Identifier: Apache-2.0

import WeirLifecycle
import WeirPolicy

/// Timelines as one picture that stands for itself: no script, no font and no style from elsewhere.
enum TimelineSVG {
    private static let margin = 28.0
    private static let names = 190.0
    private static let length = 820.0
    private static let laneHeight = 56.0
    private static let barHeight = 22.0
    private static let head = 74.0
    private static let grid = Palette.Colour(light: "#d1d9e0", dark: "#30363d")

    static func of(_ timelines: [ApiTimeline], today: Instant?) -> String {
        let scale = TimeScale(timelines, today: today, length: length)
        let width = margin * 2 + names + length
        let rows = timelines.reduce(0) { $0 + $1.lanes.count }
        let titles = Double(timelines.count) * 34
        let height = head + titles + Double(rows) * laneHeight + 56
        let title = "API versions: " + timelines.map { "\($0.name)" }.joined(separator: ", ")
        var svg = SVGWriter()
        svg.openPicture(
            width: width, height: height, title: title, description: summary(timelines), style: style)
        svg.text(title, x: margin, y: 36, size: 17, isBold: true, style: "ink", limit: width - 2 * margin)
        drawAxis(scale, from: head - 14, to: height - 52, &svg)
        var y = head
        for timeline in timelines {
            svg.text("\(timeline.name)", x: margin, y: y + 18, size: 13, isBold: true, style: "ink", limit: names + 200)
            y += 34
            for lane in timeline.lanes {
                draw(lane, scale, y: y, &svg)
                y += laneHeight
            }
        }
        if let today { draw(today: today, scale, from: head - 14, to: height - 52, &svg) }
        drawLegend(y: height - 24, &svg)
        svg.close("svg")
        return svg.output
    }

    private static func summary(_ timelines: [ApiTimeline]) -> String {
        timelines.flatMap { timeline in
            timeline.happenings.map { "\($0.at): \(timeline.name) \($0.lane.title) \($0.words)" }
        }.joined(separator: "\n")
    }

    private static func drawAxis(_ scale: TimeScale, from top: Double, to bottom: Double, _ svg: inout SVGWriter) {
        for tick in scale.ticks(closest: 62) {
            let x = margin + names + scale.place(tick.moment)
            svg.element("path", [("class", "tick"), ("d", "M\(point(x, top))V\(SVGWriter.number(bottom))")])
            svg.text(tick.label, x: x + 3, y: top - 4, size: 11, style: "faint")
        }
    }

    private static func draw(_ lane: ApiTimeline.Lane, _ scale: TimeScale, y: Double, _ svg: inout SVGWriter) {
        let indent = lane.isRoute ? 14.0 : 0
        svg.text(
            lane.title, x: margin + indent, y: y + 16, size: lane.isRoute ? 11.5 : 14, isBold: !lane.isRoute,
            style: "ink", limit: names - indent - 12)
        svg.text(
            lane.remark, x: margin + indent, y: y + 32, size: 10, style: "faint", limit: names - indent - 12)
        let plain = lane.spans.filter { $0.state != .brownout }
        for span in plain { draw(span, of: lane, scale, y: y, &svg) }
        for span in lane.spans where span.state == .brownout { draw(span, of: lane, scale, y: y, &svg) }
        drawDates(lane, scale, y: y + barHeight + 14, &svg)
    }

    private static func draw(
        _ span: ApiTimeline.Span, of lane: ApiTimeline.Lane, _ scale: TimeScale, y: Double, _ svg: inout SVGWriter
    ) {
        let x = margin + names + scale.place(span.start)
        let width = max(scale.place(span.end) - scale.place(span.start), span.state == .brownout ? 3 : 1)
        let bottom = span.state == .sunset || span.state == .removed
        svg.open("g", [("class", span.state.rawValue)])
        let until = span.end.map { " until \($0)" } ?? ""
        svg.element("title", [], "\(lane.title): \(span.state.rawValue) from \(span.start)\(until)")
        svg.element(
            "rect",
            [
                ("class", "bar"), ("x", SVGWriter.number(x)),
                ("y", SVGWriter.number(bottom ? y + barHeight / 2 - 2 : y)), ("width", SVGWriter.number(width)),
                ("height", SVGWriter.number(bottom ? 4 : barHeight)),
            ])
        if span.state != .brownout, !bottom,
            TextMetrics.width(span.state.rawValue, size: 11) + 10 < width
        {
            svg.text(span.state.rawValue, x: x + 6, y: y + 15, size: 11, style: "word")
        }
        svg.close("g")
    }

    /// The date of each change below its place, as far as they do not run into each other.
    private static func drawDates(_ lane: ApiTimeline.Lane, _ scale: TimeScale, y: Double, _ svg: inout SVGWriter) {
        var free = 0.0
        for (place, span) in lane.spans.enumerated() where span.state != .brownout {
            if place > 0, lane.spans[place - 1].state == .brownout, span.state != .sunset { continue }
            let text = span.start.date.description
            let x = margin + names + scale.place(span.start)
            let width = TextMetrics.width(text, size: 10)
            let start = max(min(x, margin + names + length - width), free)
            guard start - x < 40 else { continue }
            svg.text(text, x: start, y: y, size: 10, style: "faint")
            free = start + width + 8
        }
    }

    private static func draw(
        today: Instant, _ scale: TimeScale, from top: Double, to bottom: Double, _ svg: inout SVGWriter
    ) {
        let x = margin + names + scale.place(today)
        svg.element("path", [("class", "today"), ("d", "M\(point(x, top))V\(SVGWriter.number(bottom))")])
        svg.text("today, \(today.date)", x: x + 4, y: bottom - 4, size: 10, style: "now")
    }

    private static func drawLegend(y: Double, _ svg: inout SVGWriter) {
        var x = margin + names
        for state in LifecycleState.allCases where state != .planned {
            let bottom = state == .sunset || state == .removed
            svg.open("g", [("class", state.rawValue)])
            svg.element(
                "rect",
                [
                    ("class", "bar"), ("x", SVGWriter.number(x)),
                    ("y", SVGWriter.number(bottom ? y - 6 : y - 10)), ("width", "14"),
                    ("height", bottom ? "4" : "12"),
                ])
            svg.close("g")
            svg.text(state.rawValue, x: x + 20, y: y, size: 11, style: "faint")
            x += 36 + TextMetrics.width(state.rawValue, size: 11)
        }
    }

    private static func point(_ x: Double, _ y: Double) -> String {
        "\(SVGWriter.number(x)) \(SVGWriter.number(y))"
    }

    private static let style = """

        text{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif}
        .tick{stroke-width:1}
        .today{stroke-width:1.4;stroke-dasharray:4 3}
        .bar{rx:2px}
        \(rules(\.light))
        @media (prefers-color-scheme:dark){
        \(rules(\.dark))
        }

        """

    private static func rules(_ shade: KeyPath<Palette.Colour, String>) -> String {
        var rules = [
            ".page{fill:\(Palette.background[keyPath: shade])}", ".ink{fill:\(Palette.text[keyPath: shade])}",
            ".faint{fill:\(Palette.faint[keyPath: shade])}", ".tick{stroke:\(grid[keyPath: shade])}",
            ".word{fill:\(Palette.background[keyPath: shade])}",
            ".today{stroke:\(Palette.accent(.service)[keyPath: shade])}",
            ".now{fill:\(Palette.accent(.service)[keyPath: shade])}",
        ]
        for state in LifecycleState.allCases {
            rules.append(".\(state.rawValue) .bar{fill:\(colour(state)[keyPath: shade])}")
        }
        return rules.joined(separator: "\n")
    }

    private static func colour(_ state: LifecycleState) -> Palette.Colour {
        switch state {
        case .planned: grid
        case .preview: Palette.accent(.sharedStep)
        case .active: Palette.accent(.policy)
        case .announced: Palette.accent(.event)
        case .deprecated: Palette.warning
        case .brownout: Palette.accent(.deadLetter)
        case .sunset: Palette.line
        case .removed: grid
        }
    }
}
