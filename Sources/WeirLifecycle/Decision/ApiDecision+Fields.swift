// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

extension ApiDecision {
    /// Puts the fields of the decision among those of an answer; doing so twice makes no difference.
    ///
    /// Links are added to the handler's own, `Vary` is united with its own, `Cache-Control` of the handler stays unless it would let
    /// caches share what depends on the consumer; all else takes the place of what the handler set.
    public func apply(to answer: inout HTTPFields) {
        guard fields.contains(where: { answer.contains($0.name) }) else {
            answer.append(contentsOf: fields)
            return
        }
        for field in fields {
            switch field.name {
            case .link: if !answer[fields: .link].contains(field) { answer.append(field) }
            case .vary where answer.contains(.vary): answer[.vary] = Self.united(answer[values: .vary], field.value)
            case .cacheControl where answer.contains(.cacheControl):
                answer[.cacheControl] = Self.narrowed(answer[values: .cacheControl], field.value)
            case let name where answer.contains(name): answer[name] = field.value
            default: answer.append(field)
            }
        }
    }

    private static func united(_ own: [String], _ ours: String) -> String {
        func names(_ text: String) -> [Substring] { text.pieces(most: LifecycleLimits.mostRanges) ?? [] }
        var all = own.flatMap(names)
        if all.contains("*") { return "*" }
        for name in names(ours) where !all.contains(where: { $0.lowercased() == name.lowercased() }) {
            all.append(name)
        }
        return all.joined(separator: ", ")
    }

    /// The handler's directives where they keep shared caches away already; else ours, with those of the handler that remain true.
    private static func narrowed(_ own: [String], _ ours: String) -> String {
        let directives = own.flatMap { $0.pieces(most: LifecycleLimits.mostRanges) ?? [] }
        let names = directives.map { $0.lowercased() }
        if names.contains("no-store") || names.contains(ours) { return own.joined(separator: ", ") }
        let kept = zip(directives, names).filter { $1 != "public" && !$1.hasPrefix("s-maxage") }.map(\.0)
        return ([ours[...]] + kept).joined(separator: ", ")
    }
}

extension ApiLifecycle {
    /// The whole answer to a request that no handler is asked for: refused, or a question for methods and versions.
    ///
    /// - Returns: head and body of the answer; nil where a handler answers, whose head then gets
    ///   ``ApiDecision/apply(to:)``.
    public func answer(of decision: ApiDecision) -> (head: HTTPResponse, body: [UInt8])? {
        guard let status = decision.status else { return nil }
        let head = HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: decision.fields)
        return (head, decision.problem?.body ?? [])
    }
}
