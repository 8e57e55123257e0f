// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import WeirEvents
import WeirPolicy

/// How payloads of events become Swift values and back.
public struct EventCoding: Sendable {
    /// Makes an encoder.
    public var encoder: @Sendable () -> JSONEncoder
    /// Makes a decoder.
    public var decoder: @Sendable () -> JSONDecoder

    /// A coding; by default dates are texts of ISO 8601.
    public init(
        encoder: @escaping @Sendable () -> JSONEncoder = {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            return encoder
        },
        decoder: @escaping @Sendable () -> JSONDecoder = {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            return decoder
        }
    ) {
        self.encoder = encoder
        self.decoder = decoder
    }
}

extension Event {
    /// An event with a value as its payload.
    /// - Throws: what the value's encoding throws.
    public init(_ type: String, encoding payload: some Encodable, by coding: EventCoding = EventCoding()) throws {
        let bytes = try coding.encoder().encode(payload)
        self.init(type, data: .json(try JSONValue(parsing: bytes)))
    }

    /// The payload as a value.
    /// - Throws: `DecodingError` when it has another shape, or there is none; policies name it in `park error "DecodingError"`.
    public func decode<Payload: Decodable>(
        _ type: Payload.Type = Payload.self, by coding: EventCoding = EventCoding()
    ) throws -> Payload {
        guard case .json(let value) = data else {
            throw DecodingError.valueNotFound(
                type,
                DecodingError.Context(codingPath: [], debugDescription: "the payload of `\(self.type)` is no JSON"))
        }
        return try coding.decoder().decode(type, from: Data(value.bytes))
    }
}

extension EventBus {
    /// Says what handles the events of a subscription whose payloads are of one type; before the bus runs.
    ///
    /// A payload of another shape fails with `DecodingError`, which `park error "DecodingError"` in the policy keeps at once.
    public func subscribe<Payload: Decodable & Sendable>(
        _ subscription: String, delivering operation: String? = nil, as type: Payload.Type,
        by coding: EventCoding = EventCoding(), file: StaticString = #fileID, line: UInt = #line,
        _ handler:
            @escaping @Sendable (_ payload: Payload, _ event: Event, _ context: EventContext) async throws -> Void
    ) {
        subscribe(subscription, delivering: operation, file: file, line: line) { event, context in
            try await handler(try event.decode(type, by: coding), event, context)
        }
    }
}
