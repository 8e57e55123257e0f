// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import Testing
import WeirPolicy
import WeirSyntax

@testable import Weir
@testable import WeirHummingbird
@testable import WeirLifecycle

/// The rules of negotiation, statuses and fields: a policy in either form, through the engine alone and through a server that curl asks,
/// both read back by parsers that have nothing to do with ours.
@Suite(.serialized) struct RuleTests {
    private static let rows = RuleRow.statuses + RuleRow.ownStatuses + RuleRow.negotiation + RuleRow.fieldRules

    /// The handlers that a declared API asks for.
    private static func register(_ api: ApiNode, _ routes: ApiRoutes<BasicRequestContext>) {
        for version in api.versions {
            for route in version.routes {
                let (words, path) = ("\(version.version) order", route.path)
                routes.version("\(version.version)").on(path, method: .get) { _, context -> Response in
                    switch path {
                    case "/broken": throw HTTPError(.conflict, message: "broken")
                    case "/crash": throw LiveApi.Crash()
                    default:
                        let id = context.parameters.get("id") ?? "-"
                        return Response(
                            status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "\(words) \(id)")))
                    }
                }
            }
        }
    }

    @Test(arguments: RulePolicy.allCases, [SourceFile.Form.weir, .yaml])
    func `hold for the engine alone and for a server`(policy: RulePolicy, form: SourceFile.Form) async throws {
        let rows = Self.rows.filter { $0.policy == policy }
        try #require(!rows.isEmpty)
        let api = LiveApi()
        try api.write(policy.text, form)
        try api.setClock("2026-06-01")
        let routes = api.routes()
        let weir = try await api.load(routes)
        let node = try #require(weir.graph.apis.first)
        let engine = ApiLifecycle(node)
        for (row, read) in zip(rows, try await Shell.read(rows.map { try $0.pureAnswer(engine) })) {
            row.check(read, isPure: true)
        }
        Self.register(node, routes)
        try await api.serve(routes) { base in
            var answers: [String] = []
            for row in rows {
                try api.setClock(row.moment)
                answers.append(try await Shell.curl(base + row.path, row.fields, method: row.method))
            }
            let read = try await Shell.read(answers)
            try #require(read.count == rows.count)
            for (row, facts) in zip(rows, read) { row.check(facts, isPure: false) }
        }
    }
}
