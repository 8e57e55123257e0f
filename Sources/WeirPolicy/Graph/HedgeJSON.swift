// SPDX-License-Identifier: Apache-2.0

extension HedgePolicy {
    func write(to step: inout ObjectBuilder) {
        switch delay {
        case .fixed(let time): step.set("after", time)
        case .quantile(let share, let learning):
            step.set("answered", share)
            step.set("learn-from") {
                $0.set("at-least", learning.leastCalls)
                $0.set("floor", learning.floor)
                $0.set("ceiling", learning.ceiling)
            }
        }
        step.set("calls", calls)
        step.set("when", when)
        step.set("repeat-unsafe-calls", JSON.boolean(repeatsUnsafe))
        if let budget { step.set("budget") { budget.write(to: &$0) } }
    }

    /// Format 1 knew the delay and the calls only.
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let delay = try Delay(&step)
        let calls = try step.required("calls", "a number", \.asInteger)
        let when = try step.optional("when", "a list of outcomes", \.asOutcomes) ?? Self.defaultWhen
        let repeatsUnsafe = try step.optional("repeat-unsafe-calls", "`true` or `false`", \.asBoolean) ?? false
        let budget = try StepBudget.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try HedgePolicy(after: delay, calls: calls, when: when, repeatsUnsafe: repeatsUnsafe, budget: budget)
        }
    }
}

extension HedgePolicy.Delay {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        guard let share = try step.optional("answered", "a percentage", \.asRatio) else {
            self = .fixed(try step.required("after", "a duration", \.asDuration))
            return
        }
        var learning = try step.requiredObject("learn-from")
        let least = try learning.required("at-least", "a number", \.asInteger)
        let floor = try learning.required("floor", "a duration", \.asDuration)
        let ceiling = try learning.optional("ceiling", "a duration", \.asDuration)
        try learning.finish()
        self = .quantile(
            share,
            try learning.checked { () throws(InvalidValue) in
                try HedgePolicy.Learning(leastCalls: least, floor: floor, ceiling: ceiling)
            })
    }
}
