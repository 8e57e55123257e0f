// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import WeirEvents

/// Publishes what others send over HTTP: CloudEvents 1.0, binary or structured, or the envelope of older buses.
struct EventDoor: Sendable {
    /// The largest event that is taken, in bytes.
    private static let mostBytes = 64 * 1024

    let bus: EventBus

    func add(to router: Router<BasicRequestContext>) {
        router.post("events") { request, _ in try await take(request) }
    }

    private func take(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.mostBytes)
        let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
        let message = WireMessage(
            contentType: request.headers[.contentType], headers: Dictionary(headers) { first, _ in first },
            body: Array(String(buffer: body).utf8))
        do {
            let event = try await bus.publish(try Event(message, over: .http))
            return Self.answer(.accepted, "published as \(event.id)")
        } catch let error as EventFormatError {
            return Self.answer(.badRequest, error.description)
        } catch let error as PublishError {
            return Self.answer(Self.status(error.code), error.description)
        }
    }

    private static func status(_ code: PublishError.Code) -> HTTPResponse.Status {
        switch code {
        case .unknownType, .exchange, .invalid, .returned: .unprocessableContent
        case .sunset: .gone
        default: .serviceUnavailable
        }
    }

    private static func answer(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}
