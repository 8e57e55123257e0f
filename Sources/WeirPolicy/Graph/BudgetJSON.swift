// SPDX-License-Identifier: Apache-2.0

extension StepBudget {
    func write(to budget: inout ObjectBuilder) {
        budget.set("shared", shared)
        switch policy {
        case .share(let policy):
            budget.set("share", policy.share)
            budget.set("at-least", policy.atLeast)
            budget.set("over", policy.timeToLive)
        case .running(let share, let least):
            budget.set("running", share)
            budget.set("at-least", least)
        case .stock(let tokens, let each, let whenLimited):
            budget.set("tokens", tokens)
            budget.set("each", each)
            budget.set("when-limited", whenLimited)
        case .throttle(let tokens, let earning):
            budget.set("tokens", tokens)
            budget.set("earning", earning)
        }
    }

    static func read(_ step: inout ObjectReader) throws(GraphReadError) -> StepBudget? {
        guard var budget = try step.object("budget") else { return nil }
        let shared = try budget.optional("shared", "a name") { $0.asString.map { QualifiedName(full: $0) } }
        let policy = try BudgetPolicy(&budget)
        try budget.finish()
        return try budget.checked { () throws(InvalidValue) in try StepBudget(policy, shared: shared) }
    }
}

extension BudgetPolicy {
    init(_ budget: inout ObjectReader) throws(GraphReadError) {
        if let tokens = try budget.optional("tokens", "a number", \.asInteger) {
            if let earning = try budget.optional("earning", "a percentage", \.asRatio) {
                self = .throttle(tokens: tokens, earning: earning)
                return
            }
            self = .stock(
                tokens: tokens, each: try budget.required("each", "a number", \.asInteger),
                whenLimited: try budget.required("when-limited", "a number", \.asInteger))
        } else if let share = try budget.optional("running", "a percentage", \.asRatio) {
            self = .running(share, atLeast: try budget.required("at-least", "a number", \.asInteger))
        } else {
            let share = try budget.required("share", "a percentage", \.asRatio)
            let atLeast = try budget.required("at-least", "a rate", \.asRate)
            let over = try budget.required("over", "a duration", \.asDuration)
            self = .share(
                try budget.checked { () throws(InvalidValue) in
                    try RetryBudgetPolicy(share: share, atLeast: atLeast, timeToLive: over)
                })
        }
    }
}
