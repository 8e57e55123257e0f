// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// What a decision looks at of a request.
public struct ApiRequest: Sendable, Hashable {
    /// The method, such as `GET`.
    public let method: String
    /// The path from the root on, with its query, as it was sent.
    public let path: String
    /// The header fields.
    public let fields: HTTPFields
    /// Who calls, as the server knows it; nil: whom the header fields name that count usage.
    public let consumer: String?

    /// A request.
    public init(method: String, path: String, fields: HTTPFields = HTTPFields(), consumer: String? = nil) {
        self.method = method
        self.path = path
        self.fields = fields
        self.consumer = consumer
    }
}

extension ApiRequest {
    /// What a decision looks at of a request of swift-http-types.
    public init(_ request: HTTPRequest, consumer: String? = nil) {
        self.init(
            method: request.method.rawValue, path: request.path ?? "/", fields: request.headerFields,
            consumer: consumer)
    }
}
