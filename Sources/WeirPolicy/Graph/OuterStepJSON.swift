// SPDX-License-Identifier: Apache-2.0

extension CachePolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("for", duration)
        step.set("hold", mostAnswers)
        step.set("per", scope)
    }

    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let duration = try step.required("for", "a duration", \.asDuration)
        let most = try step.required("hold", "a number", \.asInteger)
        let scope = try ScopeKey.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try CachePolicy(duration: duration, mostAnswers: most, scope: scope)
        }
    }
}

extension CoalescePolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("wait", maxWait)
        step.set("per", scope)
    }

    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let wait = try step.optional("wait", "a duration", \.asDuration)
        self.init(maxWait: wait, scope: try ScopeKey.read(&step))
    }
}

extension ThrottlePolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("succeeding", threshold)
        step.set("aggression", aggression)
        step.set("reject", mostRefused)
        step.set("over") {
            $0.set("time", window)
            $0.set("buckets", buckets)
            $0.set("at-least", minimumCalls)
        }
        step.set("per", scope)
    }

    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let threshold = try step.required("succeeding", "a percentage", \.asRatio)
        let aggression = try step.required("aggression", "a factor", \.asFactor)
        let most = try step.required("reject", "a percentage", \.asRatio)
        var over = try step.requiredObject("over")
        let window = try over.required("time", "a duration", \.asDuration)
        let buckets = try over.required("buckets", "a number", \.asInteger)
        let minimum = try over.required("at-least", "a number", \.asInteger)
        try over.finish()
        let scope = try ScopeKey.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try ThrottlePolicy(
                threshold: threshold, aggression: aggression, mostRefused: most, minimumCalls: minimum,
                window: window, buckets: buckets, scope: scope)
        }
    }
}

extension ChaosPolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("faults", JSON.array(faults.map(\.json)))
        step.set("until", until.map { JSON.integer($0) })
    }

    init(_ step: inout ObjectReader) throws(GraphReadError) {
        var faults: [Fault] = []
        for value in try step.required("faults", "a list of faults", \.asArray) {
            faults.append(try Fault(value, path: step.path(of: "faults[\(faults.count)]")))
        }
        let until = try step.optional("until", "a number", \.asInteger)
        self = try step.checked { () throws(InvalidValue) in
            try ChaosPolicy(faults: faults, until: until.map(Int64.init))
        }
    }
}

extension ChaosPolicy.Fault {
    fileprivate var json: JSON {
        switch self {
        case .fail(let share, let outcome):
            .object(["fail": .string(share.description), "with": .string(outcome.description)])
        case .delay(let share, let time):
            .object(["delay": .string(share.description), "by": .string(time.weirText)])
        }
    }

    fileprivate init(_ value: JSON, path: String) throws(GraphReadError) {
        var fault = try ObjectReader(value, path: path)
        if let share = try fault.optional("fail", "a percentage", \.asRatio) {
            self = .fail(
                share, try fault.required("with", "an outcome") { $0.asString.flatMap { OutcomeMatcher(text: $0) } })
        } else {
            let share = try fault.required("delay", "a percentage", \.asRatio)
            self = .delay(share, try fault.required("by", "a duration", \.asDuration))
        }
        try fault.finish()
    }
}
