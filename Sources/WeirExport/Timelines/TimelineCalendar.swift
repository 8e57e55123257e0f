// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Timelines as a calendar (RFC 5545) to subscribe to; the same policies give the same bytes.
enum TimelineCalendar {
    static func of(_ timelines: [ApiTimeline]) -> String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Weir//API lifecycles//EN", "CALSCALE:GREGORIAN"]
        for timeline in timelines {
            for happening in timeline.happenings {
                let isBrownout = happening.words.hasSuffix("a while")
                let name = "\(timeline.name) \(happening.lane.title)"
                lines += [
                    "BEGIN:VEVENT", "UID:\(identifier("\(name) \(happening.words) \(happening.at)"))@weir",
                    // The moment itself stands for when it was written, which nobody knows.
                    "DTSTAMP:\(moment(happening.at))",
                ]
                if happening.at.secondsOfDay == 0, !isBrownout {
                    lines.append("DTSTART;VALUE=DATE:\(day(happening.at))")
                } else {
                    lines.append("DTSTART:\(moment(happening.at))")
                    if isBrownout, let end = happening.end { lines.append("DTEND:\(moment(end))") }
                }
                lines.append("SUMMARY:\(escaped("\(name): \(happening.words)"))")
                if !happening.lane.remark.isEmpty { lines.append("DESCRIPTION:\(escaped(happening.lane.remark))") }
                lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
            }
        }
        return (lines + ["END:VCALENDAR"]).map { folded($0) + "\r\n" }.joined()
    }

    private static func day(_ instant: Instant) -> String { instant.date.description.filter { $0 != "-" } }

    private static func moment(_ instant: Instant) -> String {
        let clock = [instant.secondsOfDay / 3600, instant.secondsOfDay / 60 % 60, instant.secondsOfDay % 60]
        return day(instant) + "T" + clock.map { ($0 < 10 ? "0" : "") + "\($0)" }.joined() + "Z"
    }

    /// The same happening has the same identifier in every edition of the calendar.
    private static func identifier(_ text: String) -> String { String(SHA256.hex(Array(text.utf8)).prefix(32)) }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\", ";", ",": "\\\(character)"
            case "\n": "\\n"
            default: "\(character)"
            }
        }.joined()
    }

    /// Lines of at most 75 octets, broken between characters.
    private static func folded(_ line: String) -> String {
        var (result, used) = ("", 0)
        for character in line {
            let size = String(character).utf8.count
            if used + size > 75 {
                result += "\r\n "
                used = 1
            }
            result.append(character)
            used += size
        }
        return result
    }
}
