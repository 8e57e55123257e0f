// SPDX-License-Identifier: Apache-2.0

extension CircuitBreakerPolicy {
    func write(to step: inout ObjectBuilder) {
        step.set("trip", JSON.array(trips.map(\.json)))
        step.set("over") {
            switch window {
            case .time(let length, let buckets):
                $0.set("time", length)
                $0.set("buckets", buckets)
            case .count(let size): $0.set("last", size)
            }
            $0.set("at-least", minimumCalls)
        }
        step.set("stay-open") {
            switch openTime {
            case .growing(let initial, let factor, let cap):
                $0.set("for", initial)
                $0.set("growing", factor)
                $0.set("up-to", cap)
            case .listed(let times): $0.set("times", times)
            }
            $0.set("jitter", openJitter)
        }
        step.set("probe") {
            $0.set("calls", probes)
            $0.set("allowing", allowedProbeFailures)
            $0.set("deciding", decision.rawValue)
        }
        step.set("settle-probes") {
            $0.set("within", probeLease)
            $0.set("else", leaseEnd.rawValue)
        }
        step.set("while-probing", excess.rawValue)
        step.set("while-open", onOpen.rawValue)
        step.set("count", count)
        step.set("ignore", ignore)
        step.set("per", scope)
    }
}

extension CircuitBreakerPolicy.Trip {
    var json: JSON {
        var trip = ObjectBuilder()
        switch self {
        case .failing(let share): trip.set("failing", share)
        case .slow(let share, let slowerThan):
            trip.set("share", share)
            trip.set("slower-than", slowerThan)
        case .consecutive(let count): trip.set("failures-in-a-row", count)
        case .failures(let count): trip.set("failures", count)
        }
        return trip.json
    }
}
