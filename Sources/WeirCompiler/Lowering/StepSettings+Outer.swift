// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension StepSettings {
    mutating func hedge() -> HedgePolicy? {
        guard let head = take(.head) else { return nil }
        let callsValue = head.statement.value(.calls)
        let calls = need(callsValue, head.reader.count(callsValue, in: head.statement))
        let delay = delay(head)
        let when = outcomes(.when, .when) ?? HedgePolicy.defaultWhen
        let repeatsUnsafe = take(.repeatUnsafe) != nil
        let budget = budget()
        guard let calls, let delay else { return nil }
        return make { () throws(InvalidValue) in
            try HedgePolicy(after: delay, calls: calls, when: when, repeatsUnsafe: repeatsUnsafe, budget: budget)
        }
    }

    private mutating func delay(_ head: Taken) -> HedgePolicy.Delay? {
        let learn = takeWritten(.learn)
        if let value = head.statement.value(.after) {
            return need(value, head.reader.duration(value)).map { .fixed($0) }
        }
        let answered = head.statement.value(.answered)
        let share = need(answered, head.reader.ratio(answered))
        let leastValue = learn?.statement.value(.atLeast)
        let least =
            need(leastValue, learn.flatMap { $0.reader.count(leastValue, in: $0.statement) })
            ?? HedgePolicy.Learning.defaultLeastCalls
        let floorValue = learn?.statement.value(.floor)
        let floor = need(floorValue, learn?.reader.duration(floorValue)) ?? HedgePolicy.Learning.defaultFloor
        let ceilingValue = learn?.statement.value(.ceiling)
        let ceiling = need(ceilingValue, learn?.reader.duration(ceilingValue))
        let learning = make { () throws(InvalidValue) in
            try HedgePolicy.Learning(leastCalls: least, floor: floor, ceiling: ceiling)
        }
        guard let share, let learning else { return nil }
        return .quantile(share, learning)
    }

    mutating func cache() -> CachePolicy? {
        guard let head = take(.head) else { return nil }
        let value = head.statement.value(.for)
        let duration = need(value, head.reader.duration(value))
        let most = count(.hold, .hold) ?? CachePolicy.defaultMostAnswers
        let scope = scope()
        guard let duration else { return nil }
        return make { () throws(InvalidValue) in
            try CachePolicy(duration: duration, mostAnswers: most, scope: scope)
        }
    }

    mutating func coalesce() -> CoalescePolicy? {
        let wait = duration(.limitWait, .wait)
        let scope = scope()
        return isDamaged ? nil : CoalescePolicy(maxWait: wait, scope: scope)
    }

    mutating func throttle() -> ThrottlePolicy? {
        let threshold = ratio(.head, .succeeding) ?? ThrottlePolicy.defaultThreshold
        let over = take(.over)
        let timeValue = over?.statement.value(.time)
        let window = need(timeValue, over?.reader.duration(timeValue)) ?? ThrottlePolicy.defaultWindow
        let buckets = count(over, .buckets) ?? ThrottlePolicy.defaultBuckets
        let minimum = count(over, .atLeast) ?? ThrottlePolicy.defaultMinimumCalls
        let most = ratio(.reject, .reject) ?? ThrottlePolicy.defaultMostRefused
        let aggressionTaken = take(.aggression)
        let aggressionValue = aggressionTaken?.statement.value(.aggression)
        let aggression =
            need(aggressionValue, aggressionTaken?.reader.factor(aggressionValue)) ?? ThrottlePolicy.defaultAggression
        let scope = scope()
        return make { () throws(InvalidValue) in
            try ThrottlePolicy(
                threshold: threshold, aggression: aggression, mostRefused: most, minimumCalls: minimum,
                window: window, buckets: buckets, scope: scope)
        }
    }

    private mutating func count(_ taken: Taken?, _ slot: Slot) -> Int? {
        let value = taken?.statement.value(slot)
        return need(value, taken.flatMap { $0.reader.count(value, in: $0.statement) })
    }

    /// The faults in one order whichever way they are written: failures, then delays.
    mutating func chaos() -> ChaosPolicy? {
        var faults: [ChaosPolicy.Fault] = []
        for taken in [take(.fail), take(.delay)].compactMap(\.self) {
            for statement in [taken.statement] + taken.more {
                let shareValue = statement.value(.share)
                let share = need(shareValue, taken.reader.ratio(shareValue))
                let byValue = statement.value(.by)
                let time = need(byValue, taken.reader.duration(byValue))
                guard let share else { continue }
                if let outcome = statement.value(.with)?.outcome() { faults.append(.fail(share, outcome)) }
                if let time { faults.append(.delay(share, time)) }
            }
        }
        let end = take(.chaosEnd)?.statement.value(.until)
        let until = need(end, end?.secondsSince1970())
        let made = faults
        return make { () throws(InvalidValue) in try ChaosPolicy(faults: made, until: until) }
    }

    /// Whether the step acts, and what it does with what it saw while it did not.
    mutating func mode() -> (mode: StepMode, adoptsShadow: Bool) {
        let mode = takeWritten(.mode)?.statement.value(.mode).flatMap { StepMode(rawValue: $0.text) } ?? .enforce
        return (mode, takeWritten(.adoptShadow) != nil)
    }
}
