// SPDX-License-Identifier: Apache-2.0

import RawStructuredFieldValues
import WeirPolicy

/// How moments and links are written in header fields.
enum HeaderValues {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A Date of RFC 9651, as `Deprecation` wants it (RFC 9745): `@1725148800`.
    static func structuredDate(_ instant: Instant) -> String {
        var serializer = StructuredFieldValueSerializer()
        let item = Item(bareItem: RFC9651BareItem.date(instant.secondsSince1970), parameters: [:])
        // The serializer refuses only moments that no year up to 9999 has.
        let bytes = try? serializer.writeItemFieldValue(item)
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "@\(instant.secondsSince1970)"
    }

    /// An IMF-fixdate (RFC 9110, 5.6.7), as `Sunset` wants it (RFC 8594): `Wed, 31 Dec 2025 00:00:00 GMT`.
    static func fixedDate(_ instant: Instant) -> String {
        let date = instant.date
        // 1970-01-01 was a Thursday, the fourth day of the week.
        let weekday = ((date.daysSince1970 + 3) % 7 + 7) % 7
        let clock = [instant.secondsOfDay / 3600, instant.secondsOfDay / 60 % 60, instant.secondsOfDay % 60]
        let time = clock.map { padded($0, 2) }.joined(separator: ":")
        return
            "\(weekdays[weekday]), \(padded(date.day, 2)) \(months[date.month - 1]) \(padded(date.year, 4)) \(time) GMT"
    }

    /// A link (RFC 8288); what would end the target early is percent-encoded.
    static func link(_ target: String, _ relation: String, type: String? = nil) -> String {
        let isSafe = target.utf8.allSatisfy(isSafe)
        return "<\(isSafe ? target : encoded(target))>; rel=\"\(relation)\"" + (type.map { "; type=\"\($0)\"" } ?? "")
    }

    /// A link to a path: what it begins with, and bytes that follow after a slash.
    static func link(_ head: String, _ bytes: Span<UInt8>, _ rest: Range<Int>, _ relation: String) -> String {
        for place in rest where !isSafe(bytes[place]) { return link("\(head)/\(bytes.text(rest))", relation) }
        var (head, relation) = (head, relation)
        return head.withUTF8 { head in
            relation.withUTF8 { relation in
                String(unsafeUninitializedCapacity: head.count + rest.count + relation.count + 12) { text in
                    var count = 0
                    func put(_ byte: UInt8) {
                        text[count] = byte
                        count += 1
                    }
                    put(UInt8(ascii: "<"))
                    for byte in head { put(byte) }
                    if !rest.isEmpty { put(UInt8(ascii: "/")) }
                    for place in rest { put(bytes[place]) }
                    for byte in ">; rel=\"".utf8 { put(byte) }
                    for byte in relation { put(byte) }
                    put(UInt8(ascii: "\""))
                    return count
                }
            }
        }
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }

    private static func encoded(_ target: String) -> String {
        target.utf8.map { byte in
            isSafe(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// The number of a month by its short name.
    static func month(_ name: Substring) -> Int? { months.firstIndex { $0 == name }.map { $0 + 1 } }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
