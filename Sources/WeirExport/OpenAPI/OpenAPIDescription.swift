// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirSyntax

/// What an OpenAPI 3 description says of routes, with the places where more can be said.
public struct OpenAPIDescription: Sendable {
    /// An operation on a path.
    struct Operation: Sendable {
        let method: String
        let path: String
        let id: String?
        let isDeprecated: Bool
        let sunset: Instant?
        let node: PlainDocument.Node
    }

    /// Why a file is none.
    public struct Problem: Error, Sendable, CustomStringConvertible {
        /// A clause.
        public let description: String
    }

    private static let methods: Set<String> = ["get", "put", "post", "delete", "patch", "head"]

    let source: SourceFile
    let title: String
    let version: String
    /// The path of the first server, without a slash at its end; empty: none.
    let basePath: String
    let operations: [Operation]

    /// Reads a description, in YAML or JSON.
    public init(_ source: SourceFile) throws(Problem) {
        let document = PlainDocument(source)
        if let fault = document.diagnostics.first { throw Problem(description: fault.message) }
        guard let root = document.root, let edition = root["openapi"]?.text, edition.hasPrefix("3.") else {
            throw Problem(description: "it is no description by OpenAPI 3")
        }
        self.source = source
        title = root["info"]?["title"]?.text ?? "api"
        version = root["info"]?["version"]?.text ?? "1"
        var path = root["servers"]?.elements.first?["url"]?.text ?? ""
        if let scheme = path.firstRange(of: "://") {
            path = String(path[scheme.upperBound...].drop { $0 != "/" })
        }
        while path.last == "/" { path.removeLast() }
        basePath = path.first == "/" ? path : ""
        operations = (root["paths"]?.entries ?? []).flatMap { path, item in
            item.entries.compactMap { method, node in
                guard let path = path.text, let method = method.text, Self.methods.contains(method) else { return nil }
                return Operation(
                    method: method.uppercased(), path: path, id: node["operationId"]?.text,
                    isDeprecated: node["deprecated"]?.text == "true",
                    sunset: node["x-sunset"]?.text.flatMap { Instant($0) }, node: node)
            }
        }
    }

    /// The path of the first server and a path, with the version in front of them taken off.
    func route(_ path: String, of version: ApiVersion, base: String?) -> String {
        var segments = (basePath + path).split(separator: "/").map(String.init)[...]
        for segment in (base ?? "").split(separator: "/") where segments.first.map({ $0 == segment }) ?? false {
            segments = segments.dropFirst()
        }
        if let first = segments.first, ApiVersion(first) == version { segments = segments.dropFirst() }
        return "/" + segments.joined(separator: "/")
    }
}
