// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension StepWords {
    init(hedge policy: HedgePolicy) {
        let delay: String
        var learn: Setting?
        switch policy.delay {
        case .fixed(let time): delay = time.weirText
        case .quantile(let share, let learning):
            delay = "\(share) answered"
            let bounds = learning.ceiling.map { ", between \(learning.floor.weirText) and \($0.weirText)" } ?? ""
            learn = Setting(
                key: "learn from", text: "learn from at least \(Counted.calls(learning.leastCalls))\(bounds)")
        }
        self.init(
            "hedge after \(delay) up to \(Counted.calls(policy.calls))", "after … up to … calls",
            [
                learn, Setting(key: "when", text: "when \(Self.list(policy.when))"), Self.budget(policy.budget),
                policy.repeatsUnsafe ? Setting(key: "repeat unsafe calls", text: "repeat unsafe calls") : nil,
            ])
    }

    init(cache policy: CachePolicy) {
        self.init(
            "cache for \(policy.duration.weirText)", "for",
            [
                Setting(key: "hold up to", text: "hold up to \(Counted.words(policy.mostAnswers, "answer"))"),
                Self.per(policy.scope),
            ])
    }

    init(coalesce policy: CoalescePolicy) {
        self.init(
            "coalesce", "coalesce",
            [
                policy.maxWait.map { Setting(key: "wait up to", text: "wait up to \($0.weirText)") },
                Self.per(policy.scope),
            ])
    }

    init(throttle policy: ThrottlePolicy) {
        let over =
            "over \(policy.window.weirText) in \(policy.buckets) buckets with at least "
            + Counted.calls(policy.minimumCalls)
        self.init(
            "throttle below \(policy.threshold) succeeding", "below … succeeding",
            [
                Setting(key: "over", text: over),
                Setting(key: "reject up to", text: "reject up to \(policy.mostRefused)"),
                Setting(key: "aggression", text: "aggression \(policy.aggression)"), Self.per(policy.scope),
            ])
    }

    init(chaos policy: ChaosPolicy) {
        let faults = policy.faults.map { fault in
            switch fault {
            case .fail(let share, let outcome): Setting(key: "fail", text: "fail \(share) with \(outcome)")
            case .delay(let share, let time): Setting(key: "delay", text: "delay \(share) by \(time.weirText)")
            }
        }
        self.init("chaos", "chaos", faults)
    }

    /// What a bulkhead adapts by and how it is divided.
    static func adapting(_ policy: BulkheadPolicy) -> [Setting?] {
        var settings: [Setting?] = []
        if let adaptive = policy.adaptive {
            settings.append(
                Setting(
                    key: "adapt",
                    text: "adapt by \(adaptive.algorithm.rawValue) between \(adaptive.least) and "
                        + Counted.calls(adaptive.most)))
            settings.append(
                Setting(
                    key: "sample",
                    text: "sample \(adaptive.sampleTime.weirText) with at least "
                        + Counted.calls(adaptive.sampleCalls)))
        }
        for part in policy.partition?.parts ?? [] {
            settings.append(Setting(key: "give", text: "give \"\(part.name)\" \(part.share)"))
        }
        return settings
    }
}
