// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Where moments stand on a line of some length, with a margin on either side.
struct TimeScale {
    let start: Instant
    let end: Instant
    let length: Double

    /// From the beginning of the month of the first happening to some months after the last one.
    init(_ timelines: [ApiTimeline], today: Instant?, length: Double) {
        let moments = timelines.flatMap { [$0.first, $0.last] } + (today.map { [$0] } ?? [])
        let (first, last) = (moments.min(), moments.max())
        let from = first?.date ?? CalendarDate(daysSince1970: 0)
        let to = last?.date ?? from
        let months = max((to.year - from.year) * 12 + to.month - from.month, 1)
        start = Instant(CalendarDate(daysSince1970: from.daysSince1970 - from.day + 1))
        let after = to.adding(months: max(months / 8, 2))
        end = Instant(CalendarDate(daysSince1970: after.daysSince1970 - after.day + 1))
        self.length = length
    }

    /// The place of a moment; nil stands for the end.
    func place(_ moment: Instant?) -> Double {
        guard let moment else { return length }
        let share =
            Double(moment.secondsSince1970 - start.secondsSince1970)
            / Double(max(end.secondsSince1970 - start.secondsSince1970, 1))
        return min(max(share, 0), 1) * length
    }

    /// The beginnings of quarters, or of years where quarters would stand too close.
    func ticks(closest: Double) -> [(moment: Instant, label: String)] {
        let months = (end.date.year - start.date.year) * 12 + end.date.month - start.date.month
        let step = [1, 3, 6, 12, 24, 60, 120].first { length / Double(max(months, 1)) * Double($0) >= closest } ?? 240
        var ticks: [(Instant, String)] = []
        var date = start.date
        while (date.month - 1) % min(step, 12) != 0 || (step > 12 && date.year % (step / 12) != 0) {
            date = date.adding(months: 1)
        }
        while Instant(date) < end {
            let month = date.month == 1 ? "" : "-" + (date.month < 10 ? "0" : "") + "\(date.month)"
            ticks.append((Instant(date), "\(date.year)\(month)"))
            date = date.adding(months: step)
        }
        return ticks
    }
}
