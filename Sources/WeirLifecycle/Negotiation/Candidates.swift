// SPDX-License-Identifier: Apache-2.0

/// The best of the versions that `Accept` takes: the highest weight, then one that is not ending, then the newest.
struct Candidates {
    private var rank = (0, 0, -1)
    private var choice: Negotiator.Choice?
    /// The newest that is taken, but switched off for good.
    private var gone: Negotiator.Choice?
    /// Whether somebody with a grace is offered more.
    private var isPersonal = false

    /// nil: it takes none that exists.
    static func best(
        _ accept: AcceptField, _ reader: Int, _ api: ApiLifecycle, _ question: Question
    ) -> Negotiator.Choice? {
        var best = Candidates()
        let states = question.stretch.states
        for index in states.indices {
            guard let weight = accept.weights[index], weight > 0, states[index].isKnown else { continue }
            best.add(index, weight, .named(reader), api, question)
        }
        for (version, weight) in accept.others where weight > 0 {
            guard let index = api.index(of: .other(version), in: question.stretch) else { continue }
            best.add(index, weight, .named(reader), api, question)
        }
        // A range that names a version is the more specific one, so a wildcard does not weigh it anew.
        if accept.wildcard > 0 {
            if let fallback = question.stretch.fallback { best.markPersonal(fallback, api, question) }
            let index = api.anyVersion(question) { accept.weights[$0] == 0 }
            if let index, accept.weights[index] == nil { best.add(index, accept.wildcard, .wildcard, api, question) }
        }
        var choice = best.choice ?? best.gone
        choice?.isPersonal = best.isPersonal
        return choice
    }

    private mutating func markPersonal(_ index: Int, _ api: ApiLifecycle, _ question: Question) {
        guard question.stretch.states[index] == .sunset, api.hasGrace(index, at: question.now) else { return }
        isPersonal = true
    }

    private mutating func add(_ index: Int, _ weight: Int, _ why: Why, _ api: ApiLifecycle, _ question: Question) {
        let choice = Negotiator.Choice(index: index, why: why)
        markPersonal(index, api, question)
        guard api.isAlive(index, for: question.consumer, in: question.stretch, at: question.now) else {
            if gone.map({ $0.index < index }) ?? true { gone = choice }
            return
        }
        let rank = (weight, question.stretch.states[index].isEnding ? 0 : 1, index)
        guard rank > self.rank else { return }
        self.rank = rank
        self.choice = choice
    }
}
