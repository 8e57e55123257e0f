// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirEvents

@Suite struct EnvelopeTests {
    private static let event = Event(
        "order.placed", data: .json(["order-id": "o-1", "total": 2.5, "lines": [1, .null, true]]), subject: "o-1",
        id: "e-1", source: "/shop/kasse", time: Timestamp("2026-03-01T09:00:00.25Z"),
        dataSchema: "https://example.com/order.json",
        extensions: ["correlationid": "c 1 %", "traceparent": "00-ab-cd-01"])

    @Test(arguments: BusNode.Envelope.allCases, [WireProtocol.amqp, .http])
    func `comes back as it went out`(envelope: BusNode.Envelope, wire: WireProtocol) throws {
        let message = try WireMessage(Self.event, as: envelope, over: wire)
        #expect(try Event(message, over: wire) == Self.event)
    }

    @Test func `binary mode has attributes among the headers and the payload alone in the body`() throws {
        let message = try WireMessage(Self.event, as: .binary)
        #expect(message.contentType == "application/json")
        #expect(
            String(decoding: message.body, as: UTF8.self) == #"{"lines":[1,null,true],"order-id":"o-1","total":2.5}"#)
        #expect(message.headers["cloudEvents_specversion"] == "1.0")
        #expect(message.headers["cloudEvents_time"] == "2026-03-01T09:00:00.25Z")
        let http = try WireMessage(Self.event, as: .binary, over: .http)
        #expect(http.headers["ce-correlationid"] == "c%201%20%25")
    }

    @Test func `headers of the other spelling are read`() throws {
        let message = WireMessage(
            contentType: "application/json",
            headers: [
                "cloudEvents:specversion": "1.0", "cloudEvents:id": "1", "cloudEvents:source": "/s",
                "cloudEvents:type": "a.b", "x-other": "no",
            ], body: Array("[1]".utf8))
        let event = try Event(message)
        #expect(event == Event("a.b", data: .json([1]), id: "1", source: "/s"))
    }

    @Test func `structured mode is one document, bytes as base64`() throws {
        let event = Event(
            "image.made", data: .bytes([0, 255, 16, 3], contentType: "image/png"), id: "1", source: "/s")
        let message = try WireMessage(event, as: .structured)
        let text = String(decoding: message.body, as: UTF8.self)
        let expected =
            #"{"data_base64":"AP8QAw==","datacontenttype":"image/png","id":"1","source":"/s","specversion":"1.0","#
            + #""type":"image.made"}"#
        #expect(text == expected)
        #expect(try Event(message) == event)
    }

    @Test func `the older envelope is what the Python bus wrote`() throws {
        let body = """
            {"event_id": "7b1", "event_type": "vulnerability.detected", "timestamp": "2025-06-01T12:00:00.123456",
             "source_service": "scanner", "data": {"cve": "CVE-1", "score": 9.8}, "correlation_id": "c-1",
             "metadata": {"trace_id": "t-1", "retries": 2}}
            """
        let event = try Event(WireMessage(contentType: "application/json", body: Array(body.utf8)))
        #expect(event.id == "7b1" && event.type == "vulnerability.detected" && event.source == "scanner")
        #expect(event.time?.description == "2025-06-01T12:00:00.123456Z")
        #expect(event.correlationID == "c-1")
        #expect(event.extensions == ["correlationid": "c-1", "traceid": "t-1", "retries": "2"])
        #expect(event.json?["score"] == 9.8)
        let back = try JSONValue(parsing: try WireMessage(event, as: .legacy).body)
        let keys: Set = ["event_id", "event_type", "timestamp", "source_service", "data", "correlation_id", "metadata"]
        guard case .object(let members) = back else { throw Declined() }
        #expect(Set(members.keys) == keys)
        #expect(members["timestamp"] == "2025-06-01T12:00:00.123456+00:00")
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: EventFormatError.Code
        var type: String? = "application/json"
        var headers: [String: String] = [:]
        var body = ""
    }

    private static let binary = [
        "cloudEvents_specversion": "1.0", "cloudEvents_id": "1", "cloudEvents_source": "/s", "cloudEvents_type": "a",
    ]

    static let bad: [Bad] = [
        Bad(testDescription: "half a document", code: .badJSON, body: "{\"event_type\":"),
        Bad(testDescription: "no event at all", code: .notAnEvent, body: "{\"hello\": 1}"),
        Bad(testDescription: "an array", code: .notAnEvent, body: "[1, 2]"),
        Bad(testDescription: "an image without headers", code: .notAnEvent, type: "image/png", body: "PNG"),
        Bad(testDescription: "a batch", code: .notAnEvent, type: "application/cloudevents-batch+json", body: "[]"),
        Bad(testDescription: "another format", code: .notAnEvent, type: "application/cloudevents+protobuf", body: "x"),
        Bad(
            testDescription: "another version", code: .badVersion,
            headers: binary.merging(["cloudEvents_specversion": "0.3"]) { $1 }),
        Bad(
            testDescription: "no id", code: .badAttribute, headers: binary.merging(["cloudEvents_id": ""]) { $1 }),
        Bad(
            testDescription: "a time that is none", code: .badAttribute,
            headers: binary.merging(["cloudEvents_time": "yesterday"]) { $1 }),
        Bad(
            testDescription: "a type of 300 bytes", code: .badAttribute,
            headers: binary.merging(["cloudEvents_type": String(repeating: "a", count: 300)]) { $1 }),
        Bad(
            testDescription: "a name that no attribute has", code: .badAttribute,
            headers: binary.merging(["cloudEvents_my-name": "x"]) { $1 }),
        Bad(testDescription: "a payload that is not what it says", code: .badJSON, headers: binary, body: "{1}"),
        Bad(
            testDescription: "base64 that is none", code: .badData, type: "application/cloudevents+json",
            body: #"{"specversion":"1.0","id":"1","source":"/s","type":"a","data_base64":"***="}"#),
        Bad(
            testDescription: "an attribute that is an object", code: .badAttribute,
            type: "application/cloudevents+json",
            body: #"{"specversion":"1.0","id":"1","source":"/s","type":"a","mine":{}}"#),
        Bad(
            testDescription: "an older envelope with a bad time", code: .badAttribute,
            body: #"{"event_type":"a","event_id":"1","source_service":"s","timestamp":"soon"}"#),
        Bad(
            testDescription: "nested beyond reason", code: .badJSON,
            body: String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)),
    ]

    @Test(arguments: bad)
    func `what is no event is refused with its reason`(bad: Bad) {
        let message = WireMessage(contentType: bad.type, headers: bad.headers, body: Array(bad.body.utf8))
        let error = #expect(throws: EventFormatError.self) { try Event(message) }
        #expect(error?.code == bad.code, "\(String(describing: error))")
    }

    @Test func `20 MB are refused before they are read`() {
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 20 << 20)
        let error = #expect(throws: EventFormatError.self) { try Event(WireMessage(body: body)) }
        #expect(error?.code == .tooLarge)
    }

    @Test func `fields are found as they are declared and as payloads spell them, with the declared type`() {
        let node = EventNode(
            name: BusScene.name("a"),
            fields: [
                .init(name: "asset-id", type: .text), .init(name: "due", type: .date),
                .init(name: "at", type: .instant),
            ])
        let shape = EventShape(node)
        for key in ["asset-id", "asset_id", "assetId", "assetID"] {
            let view = EventView(Event("a", data: .json(.object([key: "x"]))), shape)
            #expect(view.field("asset-id") == .text("x"))
        }
        let view = EventView(
            Event("a", ["due": "2026-03-01", "at": "2026-03-01T00:00:10.5+01:00", "asset-id": 1]), shape)
        #expect(view.field("due") == .date(1_772_323_200))
        #expect(view.field("at") == .instant(1_772_323_200 + 10 - 3600))
        #expect(view.field("asset-id") == nil)
    }

    @Test(arguments: [
        ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z"), ("2026-03-01t09:00:00.5z", "2026-03-01T09:00:00.5Z"),
        ("2026-03-01 09:00:00.123456789+02:00", "2026-03-01T07:00:00.123456789Z"),
        ("1969-12-31T23:59:59.75Z", "1969-12-31T23:59:59.75Z"),
    ])
    func `moments are read and written`(text: String, written: String) {
        #expect(Timestamp(text)?.description == written)
    }

    @Test(arguments: ["", "2026-03-01", "2026-03-01T09:00:00", "2026-02-30T09:00:00Z", "2026-03-01T24:00:00Z", "x"])
    func `what is no moment is not read`(text: String) { #expect(Timestamp(text) == nil) }
}
