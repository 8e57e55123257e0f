// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension StepSettings {
    /// How a bulkhead adapts; `sample` without `adapt` is reported.
    mutating func adaptive() -> AdaptiveLimitPolicy? {
        let adapt = takeWritten(.adapt)
        let sample = takeWritten(.sample)
        guard let adapt else {
            if let sample { reportLone(sample, needs: "adapt") }
            return nil
        }
        let (leastValue, mostValue) = (adapt.statement.value(.least), adapt.statement.value(.most))
        let least = need(leastValue, adapt.reader.count(leastValue, in: adapt.statement))
        let most = need(mostValue, adapt.reader.count(mostValue, in: adapt.statement))
        let algorithm =
            adapt.statement.value(.by).flatMap { AdaptiveLimitPolicy.Algorithm(rawValue: $0.text) }
            ?? AdaptiveLimitPolicy.defaultAlgorithm
        let timeValue = sample?.statement.value(.time)
        let time = need(timeValue, sample?.reader.duration(timeValue)) ?? AdaptiveLimitPolicy.defaultSampleTime
        let callsValue = sample?.statement.value(.atLeast)
        let calls =
            need(callsValue, sample.flatMap { $0.reader.count(callsValue, in: $0.statement) })
            ?? AdaptiveLimitPolicy.defaultSampleCalls
        guard let least, let most else { return nil }
        return make { () throws(InvalidValue) in
            try AdaptiveLimitPolicy(
                algorithm: algorithm, least: least, most: most, sampleTime: time, sampleCalls: calls)
        }
    }

    /// How a bulkhead is divided; `divide by` and `give` need each other.
    mutating func partition() -> PartitionPolicy? {
        let divide = takeWritten(.divide)
        let given = takeWritten(.part)
        guard let divide, let given else {
            if let divide { reportLone(divide, needs: "give") }
            if let given { reportLone(given, needs: "divide by") }
            return nil
        }
        let key = divide.statement.value(.divideBy)
        let source = need(key, key?.scopeSource())
        var parts: [PartitionPolicy.Part] = []
        for statement in [given.statement] + given.more {
            let share = statement.value(.share)
            guard let name = statement.value(.name)?.className, let ratio = need(share, given.reader.ratio(share))
            else {
                isDamaged = true
                continue
            }
            parts.append(PartitionPolicy.Part(name: name, share: ratio))
        }
        guard let source else { return nil }
        return make { () throws(InvalidValue) in try PartitionPolicy(source: source, parts: parts) }
    }

    /// Reports a setting that means nothing without another one.
    private mutating func reportLone(_ taken: Taken, needs other: String) {
        isDamaged = true
        let names = constants.names
        let keyword = names.workspace.files.trees[taken.reader.file].words(in: taken.statement.keywordRange)
        names.findings.report(
            Diagnostic(
                .incompleteSetting, "`\(keyword)` means nothing without `\(other)`",
                at: names.workspace.files.label(
                    taken.statement.headRange, in: taken.reader.file, "stands alone in this step"),
                helps: [Diagnostic.Help("add `\(other)`, or delete this")]))
    }
}

extension Value {
    /// The name of a class: a text, or in YAML the key.
    fileprivate var className: String? { string() ?? (kind == .name ? text : nil) }
}
