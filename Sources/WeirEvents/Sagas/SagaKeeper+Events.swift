// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension SagaKeeper {
    /// Moves the run of an event; the change is written together with the note that the event is handled.
    ///
    /// An event that no run waits for changes nothing, nor does one that sets off a run that is under way.
    /// - Throws: what the store throws; the event then comes again.
    func receive(_ event: Event, _ context: EventContext, of saga: QualifiedName) async throws {
        let bus = bus
        guard let plan = bus.plan.sagas[saga] else { throw EventBusError(.handlers, ["no saga is called `\(saga)`"]) }
        let shape = bus.plan.types[event.type]?.shape ?? EventShape(nil)
        guard let run = EventView(event, shape).field(plan.node.key)?.runName else {
            return bus.note(
                .filteredOut, event,
                reason: "it lacks a field `\(plan.node.key)` of at most \(SagaRun.longestName) bytes")
        }
        let key = SagaKey(saga: "\(saga)", run: run)
        let known = try await store.saga(key)
        let now = bus.configuration.wallClock()
        var next: SagaRun
        if let known, try !SagaRun(known).phase.isEnd || !plan.machine.starts(with: event) {
            next = try SagaRun(known)
            guard plan.machine.receive(event, &next, at: now) else { return }
        } else {
            guard plan.machine.starts(with: event) else { return }
            next = plan.machine.begin(event, at: now)
            note(.sagaStarted, key, plan, step: next.step)
        }
        noteEnd(of: next, key, plan)
        let record = next.record(key, version: (known?.version ?? 0) + 1, keep: now + plan.node.memory)
        context.stage(SagaChange(record))
    }

    /// Says that a run has ended.
    func noteEnd(of run: SagaRun, _ key: SagaKey, _ plan: SagaPlan) {
        switch run.phase {
        case .running, .undoing: break
        case .completed: note(.sagaCompleted, key, plan, step: run.step)
        case .undone: note(.sagaUndone, key, plan, step: run.step, reason: run.failure)
        case .stuck: note(.sagaStuck, key, plan, step: run.step, reason: run.failure)
        }
    }
}

extension FilterScalar {
    /// The value as the name of a run; no name is longer than ``SagaRun/longestName`` bytes.
    fileprivate var runName: String? {
        let name =
            switch self {
            case .text(let text): text
            case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
            case .boolean(let flag): "\(flag)"
            case .date(let seconds), .instant(let seconds): "\(Timestamp(secondsSince1970: seconds))"
            }
        return name.utf8.count <= SagaRun.longestName ? name : nil
    }
}
