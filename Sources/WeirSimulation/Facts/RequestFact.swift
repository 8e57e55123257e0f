// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import WeirCompiler
public import WeirLifecycle
public import WeirPolicy

/// What became of a request to an API.
public struct RequestFact: Sendable, Hashable {
    /// The request as the test sends it.
    public let request: TestCase.Request
    /// When it was sent.
    public let at: Instant
    /// What the engine decided.
    public let decision: ApiDecision

    /// The status of the answer; a handler that is reached answers 200.
    public var status: Int { decision.status ?? 200 }

    /// Plays the requests of a test; one without a date, without its API or with an impossible field is left out.
    static func play(_ test: TestCase, graph: PolicyGraph) -> [RequestFact] {
        let start = test.starting.map { Instant(secondsSince1970: $0) }
        var engines: [QualifiedName: ApiLifecycle] = [:]
        return test.requests.compactMap { request in
            guard let at = request.at ?? start, let fields = fields(of: request) else { return nil }
            if engines[request.api] == nil {
                engines[request.api] = graph.apis.first { $0.name == request.api }.map { ApiLifecycle($0) }
            }
            guard let engine = engines[request.api] else { return nil }
            let sent = ApiRequest(method: request.method, path: request.path, fields: fields)
            return RequestFact(request: request, at: at, decision: engine.decide(sent, at: at))
        }
    }

    private static func fields(of request: TestCase.Request) -> HTTPFields? {
        var fields = HTTPFields()
        for field in request.fields {
            guard let name = HTTPField.Name(field.name) else { return nil }
            fields.append(HTTPField(name: name, value: field.value))
        }
        return fields
    }

    /// The values of a field of the answer, one for each of its lines.
    func values(of name: String) -> [String] { HTTPField.Name(name).map { decision.fields[values: $0] } ?? [] }

    /// Whether the answer has a field, in one line or in all of its lines together.
    func hasField(_ field: TestCase.HeaderField) -> Bool {
        let values = values(of: field.name)
        return values.contains(field.value) || (!values.isEmpty && values.joined(separator: ", ") == field.value)
    }
}

extension RequestFact: CustomStringConvertible {
    /// The request and its answer in a line.
    public var description: String { "\(request.method) \(request.path) on \(at): status \(status); \(decision)" }
}
