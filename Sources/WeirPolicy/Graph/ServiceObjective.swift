// SPDX-License-Identifier: Apache-2.0

/// What a team wants of an operation over a longer time: the share of calls that succeed, or that succeed in time.
public struct ServiceObjective: Sendable, Hashable {
    /// Objectives that name no time hold over four weeks, so that every one has the same weekdays.
    public static let defaultPeriod: Duration = .seconds(28 * 86_400)

    /// The share of calls, above 0% and below 100%.
    public let share: Ratio
    /// The time in which they must succeed; nil: whenever.
    public let within: Duration?
    /// The time over which the share is taken, 1 h to 366 d.
    public let period: Duration

    /// An objective.
    /// - Throws: ``InvalidValue`` when the share is the whole or nothing, or the time is out of bounds.
    public init(
        share: Ratio, within: Duration? = nil, period: Duration = ServiceObjective.defaultPeriod
    ) throws(InvalidValue) {
        try require(share > .zero && share < .one, "objective", "\(share)", "above 0% and below 100%")
        try require(
            period >= .seconds(3600) && period <= .weirLongest, "objective over", period.weirText, "1h to 366d")
        self.share = share
        self.within = within
        self.period = period
    }
}

extension ServiceObjective {
    var json: JSON {
        var objective = ObjectBuilder()
        objective.set("share", share)
        objective.set("within", within)
        objective.set("over", period)
        return objective.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var objective = try ObjectReader(value, path: path)
        let share = try objective.required("share", "a percentage", \.asRatio)
        let within = try objective.optional("within", "a duration", \.asDuration)
        let over = try objective.required("over", "a duration", \.asDuration)
        try objective.finish()
        self = try objective.checked { () throws(InvalidValue) in
            try ServiceObjective(share: share, within: within, period: over)
        }
    }
}
