// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension StepSettings {
    mutating func breaker() -> CircuitBreakerPolicy? {
        typealias Policy = CircuitBreakerPolicy
        let trips = trips() ?? Policy.defaultTrips
        let (window, minimum) = window()
        let (openTime, openJitter) = openTime()
        let probe = probe()
        let settle = take(.settle)
        let leaseValue = settle?.statement.value(.within)
        let lease = need(leaseValue, settle?.reader.duration(leaseValue))
        let leaseEnd = settle?.statement.value(.else).flatMap { Policy.LeaseEnd(rawValue: $0.text) } ?? .open
        let excess =
            take(.whileProbing)?.statement.value(.whileProbing)
            .flatMap { Policy.Excess(rawValue: $0.text) } ?? .reject
        let onOpen =
            take(.whileOpen)?.statement.value(.whileOpen)
            .flatMap { Policy.OnOpen(rawValue: $0.text) } ?? .reject
        let count = outcomes(.count, .count) ?? Policy.defaultCount
        let ignore = outcomes(.ignore, .ignore) ?? []
        let scope = scope()
        return make { () throws(InvalidValue) in
            try Policy(
                trips: trips, window: window, minimumCalls: minimum, openTime: openTime, openJitter: openJitter,
                probes: probe.calls, allowedProbeFailures: probe.allowing, decision: probe.decision, probeLease: lease,
                leaseEnd: leaseEnd, excess: excess, count: count, ignore: ignore, onOpen: onOpen, scope: scope)
        }
    }

    private mutating func trips() -> [CircuitBreakerPolicy.Trip]? {
        guard let taken = take(.trip) else { return nil }
        var trips: [CircuitBreakerPolicy.Trip] = []
        for statement in [taken.statement] + taken.more {
            if let trip = trip(statement, taken.reader) { trips.append(trip) } else { isDamaged = true }
        }
        return trips
    }

    private func trip(_ statement: Statement, _ reader: ValueReader) -> CircuitBreakerPolicy.Trip? {
        if let value = statement.value(.failing) { return reader.ratio(value).map { .failing($0) } }
        if let value = statement.value(.failuresInARow) {
            return reader.count(value, in: statement).map { .consecutive($0) }
        }
        if let value = statement.value(.failures) { return reader.count(value, in: statement).map { .failures($0) } }
        let (share, slowerThan) = (
            reader.ratio(statement.value(.share)), reader.duration(statement.value(.slowerThan))
        )
        guard let share, let slowerThan else { return nil }
        return .slow(share, slowerThan: slowerThan)
    }

    private mutating func window() -> (CircuitBreakerPolicy.Window, minimum: Int?) {
        guard let taken = take(.over) else { return (CircuitBreakerPolicy.defaultWindow, nil) }
        let statement = taken.statement
        let minimumValue = statement.value(.atLeast)
        let minimum = need(minimumValue, taken.reader.count(minimumValue, in: statement))
        if let value = statement.value(.last) {
            return (.count(need(value, taken.reader.count(value, in: statement)) ?? 1), minimum)
        }
        let (timeValue, bucketsValue) = (statement.value(.time), statement.value(.buckets))
        let time = need(timeValue, taken.reader.duration(timeValue)) ?? .seconds(30)
        let buckets = need(bucketsValue, taken.reader.count(bucketsValue, in: statement))
        return (.time(time, buckets: buckets ?? CircuitBreakerPolicy.defaultBuckets), minimum)
    }

    private mutating func openTime() -> (CircuitBreakerPolicy.OpenTime, jitter: Ratio) {
        guard let taken = take(.stayOpen) else {
            return (CircuitBreakerPolicy.defaultOpenTime, CircuitBreakerPolicy.defaultOpenJitter)
        }
        let statement = taken.statement
        let jitterValue = statement.value(.jitter)
        let jitter = need(jitterValue, taken.reader.ratio(jitterValue)) ?? CircuitBreakerPolicy.defaultOpenJitter
        if statement.form == .stayOpenInTurn {
            let times = taken.reader.durations(statement.values(.times))
            if times?.isEmpty ?? true { isDamaged = true }
            return (.listed(times ?? []), jitter)
        }
        let (forValue, factorValue, capValue) = (
            statement.value(.for), statement.value(.growing), statement.value(.upTo)
        )
        let initial = need(forValue, taken.reader.duration(forValue)) ?? .seconds(5)
        let factor = need(factorValue, taken.reader.factor(factorValue)) ?? .times(1)
        let cap = need(capValue, taken.reader.duration(capValue)) ?? initial
        return (.growing(initial: initial, factor: factor, cap: cap), jitter)
    }

    private mutating func probe() -> (calls: Int, allowing: Int, decision: CircuitBreakerPolicy.Decision) {
        guard let taken = take(.probe) else { return (CircuitBreakerPolicy.defaultProbes, 0, .early) }
        let statement = taken.statement
        let (callsValue, allowingValue) = (statement.value(.calls), statement.value(.allowing))
        let calls = need(callsValue, taken.reader.count(callsValue, in: statement))
        let allowing = need(allowingValue, taken.reader.count(allowingValue, in: statement))
        let decision = statement.value(.deciding).flatMap { CircuitBreakerPolicy.Decision(rawValue: $0.text) }
        return (calls ?? CircuitBreakerPolicy.defaultProbes, allowing ?? 0, decision ?? .early)
    }
}
