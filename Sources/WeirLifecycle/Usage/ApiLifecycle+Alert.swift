// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension ApiLifecycle {
    /// The sunset that a call comes so shortly before that the policy wants an alert; nil: none is wanted.
    public func alert(_ decision: ApiDecision, at now: Instant) -> Instant? {
        guard let period = node.usage?.alertWithin, decision.state == .deprecated, let version = decision.version,
            let place = names.place(of: version)
        else { return nil }
        let own = [decision.route?.sunset, versions[place].node.dates.sunset].compactMap { $0 }.min()
        guard let sunset = own, sunset <= period.after(now) else { return nil }
        return sunset
    }
}
