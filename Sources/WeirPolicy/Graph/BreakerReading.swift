// SPDX-License-Identifier: Apache-2.0

extension CircuitBreakerPolicy {
    init(_ step: inout ObjectReader) throws(GraphReadError) {
        let trips = try Trip.readList(&step)
        var over = try step.requiredObject("over")
        let window = try Window(&over)
        let minimumCalls = try over.required("at-least", "a number", \.asInteger)
        try over.finish()
        var stayOpen = try step.requiredObject("stay-open")
        let openTime = try OpenTime(&stayOpen)
        let openJitter = try stayOpen.required("jitter", "a percentage", \.asRatio)
        try stayOpen.finish()
        var probe = try step.requiredObject("probe")
        let probes = try probe.required("calls", "a number", \.asInteger)
        let allowing = try probe.required("allowing", "a number", \.asInteger)
        let decision = try probe.required("deciding", "`early` or `complete`") { $0.asWord(Decision.self) }
        try probe.finish()
        var settle = try step.requiredObject("settle-probes")
        let lease = try settle.optional("within", "a duration", \.asDuration)
        let leaseEnd = try settle.required("else", "`open` or `close`") { $0.asWord(LeaseEnd.self) }
        try settle.finish()
        let excess = try step.required("while-probing", "`reject` or `wait`") { $0.asWord(Excess.self) }
        let onOpen = try step.required("while-open", "`reject` or `admit`") { $0.asWord(OnOpen.self) }
        let count = try step.required("count", "a list of outcomes", \.asOutcomes)
        let ignore = try step.required("ignore", "a list of outcomes", \.asOutcomes)
        let scope = try ScopeKey.read(&step)
        self = try step.checked { () throws(InvalidValue) in
            try CircuitBreakerPolicy(
                trips: trips, window: window, minimumCalls: minimumCalls, openTime: openTime, openJitter: openJitter,
                probes: probes, allowedProbeFailures: allowing, decision: decision, probeLease: lease,
                leaseEnd: leaseEnd, excess: excess, count: count, ignore: ignore, onOpen: onOpen, scope: scope)
        }
    }
}

extension CircuitBreakerPolicy.Trip {
    static func readList(_ step: inout ObjectReader) throws(GraphReadError) -> [Self] {
        let values = try step.required("trip", "a list of reasons to open", \.asArray)
        var trips: [Self] = []
        for (index, value) in values.enumerated() {
            var trip = try ObjectReader(value, path: "\(step.path(of: "trip"))[\(index)]")
            trips.append(try Self(&trip))
            try trip.finish()
        }
        return trips
    }

    private init(_ trip: inout ObjectReader) throws(GraphReadError) {
        if let share = try trip.optional("failing", "a percentage", \.asRatio) {
            self = .failing(share)
        } else if let count = try trip.optional("failures-in-a-row", "a number", \.asInteger) {
            self = .consecutive(count)
        } else if let count = try trip.optional("failures", "a number", \.asInteger) {
            self = .failures(count)
        } else {
            let share = try trip.required("share", "a percentage", \.asRatio)
            self = .slow(share, slowerThan: try trip.required("slower-than", "a duration", \.asDuration))
        }
    }
}

extension CircuitBreakerPolicy.Window {
    init(_ over: inout ObjectReader) throws(GraphReadError) {
        if let last = try over.optional("last", "a number", \.asInteger) {
            self = .count(last)
        } else {
            let time = try over.required("time", "a duration", \.asDuration)
            self = .time(time, buckets: try over.required("buckets", "a number", \.asInteger))
        }
    }
}

extension CircuitBreakerPolicy.OpenTime {
    init(_ stayOpen: inout ObjectReader) throws(GraphReadError) {
        if let times = try stayOpen.optional("times", "a list of durations", \.asDurations) {
            self = .listed(times)
        } else {
            let initial = try stayOpen.required("for", "a duration", \.asDuration)
            let factor = try stayOpen.required("growing", "a factor", \.asFactor)
            let cap = try stayOpen.required("up-to", "a duration", \.asDuration)
            self = .growing(initial: initial, factor: factor, cap: cap)
        }
    }
}
