// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A step in the words of the language: its head, and each setting of its block with the value that holds.
struct StepWords {
    /// One setting: the key that origins name it by, and its line.
    struct Setting {
        let key: String
        let text: String
    }

    /// The head line, such as `retry up to 3 attempts`.
    let head: String
    /// The key by which origins name the head's value.
    let headKey: String
    /// The settings in the order of the reference pages.
    let settings: [Setting]

    init(_ step: PipelineStep) {
        let shared = step.shared.map { " \($0.description)" }
        switch step.policy {
        case .deadline(let policy):
            self.init(
                "deadline \(policy.total.weirText)", "deadline",
                [
                    policy.abandon.map {
                        Setting(key: "abandon up to … calls", text: "abandon up to \(Counted.calls($0))")
                    }
                ])
        case .timeout(let policy):
            self.init(
                "timeout \(policy.limit.weirText)", "timeout",
                [
                    policy.abandon.map {
                        Setting(key: "abandon up to … calls", text: "abandon up to \(Counted.calls($0))")
                    }
                ])
        case .hedge(let policy): self.init(hedge: policy)
        case .cache(let policy): self.init(cache: policy)
        case .coalesce(let policy): self.init(coalesce: policy)
        case .throttle(let policy): self.init(throttle: policy)
        case .chaos(let policy): self.init(chaos: policy)
        case .limit(let policy):
            self.init(limit: policy, shared: shared)
        case .bulkhead(let policy):
            self.init(bulkhead: policy, shared: shared)
        case .fallback(let policy):
            self.init(fallback: policy)
        case .retry(let policy):
            self.init(retry: policy, shared: shared)
        case .breaker(let policy):
            self.init(breaker: policy, shared: shared)
        }
    }

    /// The settings of a step that only watches stand first.
    func watching(_ step: PipelineStep) -> [Setting] {
        var settings = settings
        if step.adoptsShadow { settings.insert(Setting(key: "adopt shadow state", text: "adopt shadow state"), at: 0) }
        if step.mode != .enforce { settings.insert(Setting(key: "mode", text: "mode \(step.mode.rawValue)"), at: 0) }
        return settings
    }

    init(_ head: String, _ headKey: String, _ settings: [Setting?]) {
        self.head = head
        self.headKey = headKey
        self.settings = settings.compactMap(\.self)
    }

    private init(limit policy: RateLimitPolicy, shared: String?) {
        self.init(
            "limit" + (shared.map { "\($0) (\(policy.rate))" } ?? " \(policy.rate)"), "rate",
            [
                Setting(key: "burst", text: "burst \(policy.burst)"),
                Setting(key: "wait up to", text: "wait up to \(policy.maxWait.weirText)"),
                Setting(key: "start with", text: "start with \(policy.initial)"),
                Setting(key: "cost", text: "cost \(policy.cost)"),
                Setting(key: "kind", text: "kind \(policy.kind.rawValue)"), Self.per(policy.scope),
            ])
    }

    private init(bulkhead policy: BulkheadPolicy, shared: String?) {
        let wait = policy.maxWait.map { " for up to \($0.weirText)" } ?? ""
        let order = policy.order == .oldest ? "" : " \(policy.order.rawValue) first"
        self.init(
            "bulkhead" + (shared.map { "\($0) (\(Counted.calls(policy.calls)))" } ?? " \(Counted.calls(policy.calls))"),
            "… calls",
            [Setting(key: "queue", text: "queue \(policy.queue)\(wait)\(order)")] + Self.adapting(policy)
                + [Self.per(policy.scope)])
    }

    private init(fallback policy: FallbackPolicy) {
        let target =
            switch policy.target {
            case .status(let code): "status \(code)"
            case .value(let text): "value \"\(text)\""
            case .handler(let name): "handler \"\(name)\""
            case .cached: "cached"
            case .call(let operation, let using): "call \(operation)" + (using.map { " using \($0)" } ?? "")
            }
        self.init(
            "fallback to \(target)", "to",
            [
                Setting(key: "when", text: "when \(Self.list(policy.when))"),
                policy.noOlderThan.map { Setting(key: "no older than", text: "no older than \($0.weirText)") },
                Setting(key: "within", text: "within \(policy.within.weirText)"),
            ])
    }

    static func per(_ scope: ScopeKey?) -> Setting? {
        scope.map { scope in
            let key =
                switch scope.source {
                case .caller: "caller"
                case .operation: "operation"
                case .header(let name): "header \"\(name)\""
                case .field(let name): "field \(name)"
                }
            return Setting(key: "per", text: "per \(key) up to \(scope.mostKeys) keys")
        }
    }

    static func list(_ outcomes: [OutcomeMatcher]) -> String {
        outcomes.map(\.description).joined(separator: ", ")
    }
}
