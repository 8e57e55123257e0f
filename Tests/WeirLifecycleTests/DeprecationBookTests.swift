// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirLifecycle

/// What is kept of the ends of APIs that we call.
@Suite struct DeprecationBookTests {
    private func notice(_ sunset: String?) throws -> DeprecationNotice {
        var fields: [(name: String, value: String)] = [("Deprecation", "@1767225600")]
        if let sunset { fields.append(("Sunset", HeaderValues.fixedDate(try Platform.instant(sunset)))) }
        return try #require(DeprecationNotice(fields))
    }

    @Test func `takes an address for news once, and again when it says something else`() throws {
        var book = DeprecationBook()
        let now = try Platform.instant("2026-06-01")
        let later = try Platform.instant("2026-06-02")
        let news = [
            book.note(try notice("2027-01-01"), of: "a", at: now),
            book.note(try notice("2027-01-01"), of: "a", at: later),
            book.note(try notice("2026-12-01"), of: "a", at: try Platform.instant("2026-05-01")),
        ]
        #expect(news == [true, false, true])
        let entry = try #require(book.entries.first)
        #expect(entry.answers == 3 && entry.first == now && entry.last == later)
        #expect(entry.notice.sunset == (try Platform.instant("2026-12-01")))
    }

    @Test func `takes other links for no news, because they change from call to call`() throws {
        var book = DeprecationBook()
        let now = try Platform.instant("2026-06-01")
        func heard(_ number: Int) throws -> DeprecationNotice {
            let fields: [(name: String, value: String)] = [
                ("Deprecation", "@1"), ("Link", "</v2/orders/\(number)>; rel=\"successor-version\""),
            ]
            return try #require(DeprecationNotice(fields))
        }
        let news = [book.note(try heard(1), of: "a", at: now), book.note(try heard(2), of: "a", at: now)]
        #expect(news == [true, false])
        #expect(book.entries.first?.notice.links["successor-version"] == "/v2/orders/2")
    }

    @Test func `lists what is switched off next first, and what has no date last`() throws {
        var book = DeprecationBook()
        let now = try Platform.instant("2026-06-01")
        for (address, sunset) in [("none", nil), ("late", "2028-01-01"), ("b", "2027-01-01"), ("a", "2027-01-01")] {
            book.note(try notice(sunset), of: address, at: now)
        }
        #expect(book.entries.map(\.address) == ["a", "b", "late", "none"])
        let text = String(decoding: book.json(at: now).canonicalBytes, as: UTF8.self)
        #expect(text.contains(#""address":"a","answers":1,"days_left":214,"deprecated_at":"2026-01-01""#), "\(text)")
        #expect(text.contains(#""sunset_at":null"#))
    }

    @Test func `stays small, whatever it is told`() throws {
        var book = DeprecationBook()
        let now = try Platform.instant("2026-06-01")
        let one = try notice(nil)
        for number in 0..<DeprecationBook.mostAddresses { book.note(one, of: "\(number)", at: now) }
        let news = [book.note(one, of: "one more", at: now), book.note(one, of: "1", at: now)]
        #expect(news == [false, false])
        #expect(book.entries.count == DeprecationBook.mostAddresses && book.dropped == 1)
        var other = DeprecationBook()
        other.note(one, of: String(repeating: "é", count: 10_000), at: now)
        #expect(other.entries.first?.address.utf8.count ?? 0 <= DeprecationBook.longestAddress + 3)
    }
}
