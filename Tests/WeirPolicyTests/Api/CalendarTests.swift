// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@Suite struct CalendarTests {
    @Test(arguments: Array(stride(from: -719_162, through: 2_932_896, by: 9973)))
    func `a day and its number are the same day`(days: Int) {
        let date = CalendarDate(daysSince1970: days)
        #expect(date.daysSince1970 == days)
        #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
    }

    @Test(arguments: [
        ("2024-02-29", "12 months", "2025-02-28"), ("2024-02-29", "4 years", "2028-02-29"),
        ("2026-01-31", "1 month", "2026-02-28"), ("2026-12-31", "2 months", "2027-02-28"),
        ("2026-03-01", "90 days", "2026-05-30"), ("2026-03-01", "2 weeks", "2026-03-15"),
        ("2026-03-01T14:30:00Z", "1 month", "2026-04-01T14:30:00Z"), ("9999-06-01", "12 months", "9999-12-01"),
    ])
    func `a span of the calendar keeps the day or takes the last one`(start: String, span: String, end: String) throws {
        let period = try #require(Period(span))
        let from = try #require(Instant(start))
        #expect(period.after(from).description == end)
    }

    @Test(arguments: ["12 months", "1 month", "90 days", "2 weeks", "1 year"])
    func `a span is written as it is read`(text: String) {
        #expect(Period(text)?.description == text)
    }

    @Test(arguments: ["", "months", "12", "0 days", "10001 days", "12 moons", "-1 days", "1 month 2 days"])
    func `what is no span is none`(text: String) {
        #expect(Period(text) == nil)
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("2026-03-01T09:00:00Z", 1_772_355_600), ("1969-12-31T23:59:59Z", -1),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func `a moment is written as it is read`(text: String, seconds: Int64) {
        #expect(Instant(text)?.secondsSince1970 == seconds)
        #expect(Instant(secondsSince1970: seconds).description == text)
    }

    @Test(arguments: ["2026-02-30", "2026-3-1", "2026-03-01T24:00:00Z", "2026-03-01T09:00Z", "2026-03-01 09:00:00", ""])
    func `what is no moment is none`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test(arguments: [
        ("v1", "v1"), ("1", "v1"), ("V1.0", "v1"), ("v2.10", "v2.10"), ("v0.1.0", "v0.1"), ("2026-03-01", "2026-03-01"),
    ])
    func `a version has one name however it is spelt`(text: String, name: String) {
        #expect(ApiVersion(text)?.description == name)
    }

    @Test(arguments: ["", "v", "v1.", "first", "v1.2.3.4.5", "v-1", "2026-02-30", "v1234567", "v1 "])
    func `what is no version is none`(text: String) {
        #expect(ApiVersion(text) == nil)
    }

    @Test func `versions stand in the order of their numbers, days behind them`() {
        let names = ["v10", "2026-03-01", "v2", "v1.2", "v1", "2025-12-31"]
        #expect(
            names.compactMap { ApiVersion($0) }.sorted().map(\.description) == [
                "v1", "v1.2", "v2", "v10", "2025-12-31", "2026-03-01",
            ])
    }
}
