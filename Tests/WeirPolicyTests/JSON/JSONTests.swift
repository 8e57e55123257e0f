// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@Suite struct JSONTests {
    @Test func `keys are sorted and nothing is spent on spaces`() throws {
        let json = try JSON(parsing: Array(#" { "b" : [ 1 , -2 , true ] , "a" : { } , "aa" : "x" } "#.utf8))
        #expect(String(decoding: json.canonicalBytes, as: UTF8.self) == #"{"a":{},"aa":"x","b":[1,-2,true]}"#)
    }

    @Test func `keys are sorted by their UTF-16 code units, as RFC 8785 shows`() throws {
        let text = #"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#
        let json = try JSON(parsing: Array(text.utf8))
        let written = String(decoding: json.canonicalBytes, as: UTF8.self)
        #expect(written == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}")
    }

    @Test func `only what must be escaped is`() {
        let json = JSON.string("\u{0}\u{8}\t\n\u{c}\r\u{1f}\"\\/é\u{7f}")
        let written = String(decoding: json.canonicalBytes, as: UTF8.self)
        #expect(written == #""\u0000\b\t\n\f\r\u001f\"\\/é"# + "\u{7f}\"")
    }

    @Test(arguments: [
        ("{", "a key in quotes is due here, at byte 1"), ("[1,]", "a value is due here, at byte 3"),
        ("[1 2]", "`,` or `]` is due here, at byte 3"), (#"{"a":1,"a":2}"#, "the key `a` stands here twice, at byte 7"),
        ("1.5", "only whole numbers have a meaning here, at byte 1"),
        ("1e3", "only whole numbers have a meaning here, at byte 1"),
        ("01", "a number does not begin with 0, at byte 0"), ("-", "a digit is due here, at byte 1"),
        ("null", "null has no meaning here, at byte 0"), ("9007199254740992", "the number is too large, at byte 15"),
        ("true false", "something follows the value, at byte 5"), ("\"a", "the string has no closing quote, at byte 1"),
        (#""\ud800""#, "half of a character is escaped, at byte 6"), (#""\x""#, "no such escape, at byte 2"),
        ("\"\n\"", "a control character must be escaped, at byte 1"), ("tru", "`true` is due here, at byte 0"),
    ])
    func `what is not read is refused with its place`(text: String, message: String) {
        #expect {
            _ = try JSON(parsing: Array(text.utf8))
        } throws: { error in
            "\(error)" == message
        }
    }

    @Test func `a text that is not UTF-8 is refused`() {
        #expect(throws: JSONReadError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func `nesting is bounded`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSON(parsing: nested(JSONReadError.Limits.nesting))
        #expect(throws: JSONReadError.self) { try JSON(parsing: nested(JSONReadError.Limits.nesting + 1)) }
    }
}
