// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// A request with what it gets by the rules.
struct RuleRow: Sendable, CustomTestStringConvertible {
    /// The rule.
    let rule: String
    var policy = RulePolicy.refusing
    var moment = "2026-06-01"
    var method = "GET"
    let path: String
    var fields: [String] = []
    let status: Int
    /// Fields of the answer as independent parsers read them; `-`: there is no such field.
    var facts: [String: String] = [:]
    /// The links of the answer, relation and target.
    var links: [String]?
    /// Whether the handler chooses the status.
    var isOfHandler = false

    var testDescription: String { "\(rule): \(method) \(path) \(fields) on \(moment), \(policy.rawValue)" }

    /// The answer of the engine alone as a server would write it, a handler's being 200.
    func pureAnswer(_ api: ApiLifecycle) throws -> String {
        var sent = HTTPFields()
        for field in fields {
            let parts = field.split(separator: ": ", maxSplits: 1).map(String.init)
            sent.append(HTTPField(name: try #require(HTTPField.Name(parts[0])), value: parts.count > 1 ? parts[1] : ""))
        }
        let now = try #require(Instant(moment))
        let decision = api.decide(ApiRequest(method: method, path: path, fields: sent), at: now)
        let answer = api.answer(of: decision)
        let head = answer?.head.headerFields ?? decision.fields
        let lines = head.map { "\($0.name.rawName): \($0.value)" }
        return (["HTTP/1.1 \(answer?.head.status.code ?? 200) -"] + lines + ["", ""]).joined(separator: "\r\n")
            + String(decoding: answer?.body ?? [], as: UTF8.self)
    }

    /// Compares what was read of an answer with what is due.
    func check(_ read: [String: Any], isPure: Bool) {
        let source = isPure ? "the engine alone" : "the server"
        if !isPure || !isOfHandler {
            #expect(read["status"] as? Int == status, "\(source), \(testDescription): \(read)")
        }
        for (name, value) in facts {
            if isPure, Self.ofServers.contains(name) { continue }
            let got = read[name].map { "\($0)" } ?? "-"
            #expect(got == value, "\(source), \(testDescription): \(name) of \(read)")
        }
        guard let links else { return }
        let got = (read["links"] as? [String] ?? []).filter { !isPure || !$0.hasPrefix("next ") }
        #expect(got == links, "\(source), \(testDescription): \(read)")
    }

    /// What handlers and servers add.
    private static let ofServers: Set<String> = ["content-length", "body"]
}
