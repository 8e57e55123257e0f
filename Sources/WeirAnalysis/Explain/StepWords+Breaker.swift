// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension StepWords {
    init(breaker policy: CircuitBreakerPolicy, shared: String?) {
        var settings = policy.trips.map { Setting(key: "trip", text: Self.trip($0)) }
        settings += [
            Setting(key: "over", text: Self.over(policy)), Setting(key: "stay open", text: Self.stayOpen(policy)),
            Setting(key: "probe", text: Self.probe(policy)),
        ]
        if let lease = policy.probeLease {
            settings.append(
                Setting(
                    key: "settle probes",
                    text: "settle probes within \(lease.weirText) else \(policy.leaseEnd.rawValue)"))
        }
        if policy.excess == .wait { settings.append(Setting(key: "while probing", text: "while probing wait")) }
        if policy.onOpen == .admit { settings.append(Setting(key: "while open", text: "while open admit")) }
        settings.append(Setting(key: "count", text: "count \(Self.list(policy.count))"))
        if !policy.ignore.isEmpty {
            settings.append(Setting(key: "ignore", text: "ignore \(Self.list(policy.ignore))"))
        }
        self.init("breaker" + (shared ?? ""), "breaker", settings + [Self.per(policy.scope)].compactMap(\.self))
    }

    private static func trip(_ trip: CircuitBreakerPolicy.Trip) -> String {
        switch trip {
        case .failing(let share): "trip at \(share) failing"
        case .slow(let share, let threshold): "trip at \(share) slower than \(threshold.weirText)"
        case .consecutive(let count): "trip after \(Counted.failures(count)) in a row"
        case .failures(let count): "trip after \(Counted.failures(count))"
        }
    }

    private static func over(_ policy: CircuitBreakerPolicy) -> String {
        switch policy.window {
        case .time(let length, let buckets):
            "over \(length.weirText) in \(buckets) buckets with at least \(Counted.calls(policy.minimumCalls))"
        case .count(let size):
            "over the last \(Counted.calls(size)) with at least \(Counted.calls(policy.minimumCalls))"
        }
    }

    private static func stayOpen(_ policy: CircuitBreakerPolicy) -> String {
        let times =
            switch policy.openTime {
            case .growing(let initial, let factor, let cap) where initial < cap:
                "\(initial.weirText) growing \(factor) up to \(cap.weirText)"
            case .growing(let initial, _, _): initial.weirText
            case .listed(let times): "in turn \(times.map(\.weirText).joined(separator: ", "))"
            }
        return "stay open \(times) with \(policy.openJitter) jitter"
    }

    private static func probe(_ policy: CircuitBreakerPolicy) -> String {
        "probe \(Counted.calls(policy.probes)) allowing \(Counted.failures(policy.allowedProbeFailures)) "
            + "deciding \(policy.decision.rawValue)"
    }
}
