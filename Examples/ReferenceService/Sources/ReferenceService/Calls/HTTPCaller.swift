// SPDX-License-Identifier: Apache-2.0

import Foundation
import FoundationNetworking
import WeirEvents
import WeirPolicy
import WeirResilience

/// Real HTTP to the upstreams; it knows nothing of timeouts and retries, which are the policies' business.
struct HTTPCaller: Sendable {
    /// Requests to one server at a time; more than any bulkhead lets through.
    static let mostConnections = 256

    private let session: URLSession

    init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = Self.mostConnections
        session = URLSession(configuration: configuration)
    }

    /// Sends a request, with the deadline and the attempt of the running call in its headers.
    func send(_ method: String, _ url: String) async throws -> Reply {
        guard let url = URL(string: url) else { throw URLError(.badURL) }
        var carrier = RequestCarrier(request: URLRequest(url: url))
        carrier.request.httpMethod = method
        CallContext.current?.inject(into: &carrier, at: EngineClock.system.now)
        let (data, response) = try await session.data(for: carrier.request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        return Reply(status: status, text: String(decoding: data, as: UTF8.self))
    }

    /// Asks like an app that knows nothing of policies.
    func ask(_ method: String, _ url: String, as client: String) async throws -> Answer {
        guard let address = URL(string: url) else { throw URLError(.badURL) }
        var request = URLRequest(url: address)
        request.httpMethod = method
        request.setValue(client, forHTTPHeaderField: "X-Client-Id")
        return try await answer(request)
    }

    /// Sends an event as CloudEvents in HTTP's binary mode: attributes in headers, the payload as the body.
    func send(_ event: Event, to url: String) async throws -> Answer {
        guard let address = URL(string: url) else { throw URLError(.badURL) }
        let message = try WireMessage(event, as: .binary, over: .http)
        var request = URLRequest(url: address)
        request.httpMethod = "POST"
        request.httpBody = Data(message.body)
        for (name, value) in message.headers { request.setValue(value, forHTTPHeaderField: name) }
        request.setValue(message.contentType, forHTTPHeaderField: "Content-Type")
        return try await answer(request)
    }

    private func answer(_ request: URLRequest) async throws -> Answer {
        let (data, response) = try await session.data(for: request)
        let head = response as? HTTPURLResponse
        let fields = (head?.allHeaderFields ?? [:]).compactMap { name, value in
            (name as? String).map { ($0, "\(value)") }
        }
        return Answer(
            request: "\(request.httpMethod ?? "") \(request.url?.path ?? "")", status: head?.statusCode ?? 0,
            fields: Dictionary(fields) { first, _ in first }, text: String(decoding: data, as: UTF8.self))
    }

    /// Ends all connections.
    func close() { session.invalidateAndCancel() }

    /// What an error of the connection means for policies; nil: nothing in particular.
    static func outcome(of error: any Error) -> CallOutcome? {
        guard let error = error as? URLError else { return nil }
        switch error.code {
        case .cannotConnectToHost: return .failure(.refused)
        case .networkConnectionLost: return .failure(.reset)
        case .timedOut: return .failure(.timeout)
        case .cannotFindHost, .dnsLookupFailed: return .failure(.unavailable)
        case .cancelled: return .cancelled
        default: return nil
        }
    }
}

/// What an app was answered.
struct Answer: Sendable {
    let request: String
    let status: Int
    let fields: [String: String]
    let text: String

    /// A header field, whatever the case of its name.
    subscript(name: String) -> String? { fields.first { $0.key.lowercased() == name.lowercased() }?.value }
}

/// Writes Weir's headers into a request.
private struct RequestCarrier: ContextCarrier {
    var request: URLRequest

    subscript(header name: String) -> String? {
        get { request.value(forHTTPHeaderField: name) }
        set { request.setValue(newValue, forHTTPHeaderField: name) }
    }
}
