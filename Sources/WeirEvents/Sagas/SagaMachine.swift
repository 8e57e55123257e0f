// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What becomes of a run when something happens; pure, so that a run goes on from wherever its record says.
///
/// A step that fails is undone itself, too, if its action was begun: nobody can tell how far it got. So compensations have to bear
/// that there is nothing to undo.
struct SagaMachine: Sendable {
    /// How often a compensation is tried; after that a human has to look.
    static let mostAttempts = 20
    /// The wait before the second attempt, doubled with each further one up to the longest.
    static let firstWait: Duration = .seconds(1)
    static let longestWait: Duration = .seconds(300)

    let node: SagaNode

    /// What is to be done in a run.
    struct Task: Sendable, Hashable {
        let step: String
        let action: SagaNode.Action
        let isCompensation: Bool
    }

    /// Whether an event sets off a run.
    func starts(with event: Event) -> Bool { node.start.contains { $0.name == event.type } }

    /// A new run.
    func begin(_ event: Event, at now: Timestamp) -> SagaRun {
        var run = SagaRun(event, at: now)
        enter(0, &run, at: now)
        return run
    }

    /// What is to be done now; nil where only an event or the time moves it.
    func task(of run: SagaRun) -> Task? {
        guard run.isPending, !run.phase.isEnd, let step = step(run.step) else { return nil }
        let isCompensation = run.phase == .undoing
        return (isCompensation ? step.compensation : step.action).map {
            Task(step: step.name, action: $0, isCompensation: isCompensation)
        }
    }

    /// An event of the run; false where it changes nothing.
    func receive(_ event: Event, _ run: inout SagaRun, at now: Timestamp) -> Bool {
        guard run.phase == .running, let place = place(of: run.step) else { return false }
        let step = node.steps[place]
        let names: (QualifiedName) -> Bool = { $0.name == event.type }
        if run.isPending || !(step.awaits + step.failsWhen).contains(where: names) {
            let isAwaited = node.steps[place...].contains { ($0.awaits + $0.failsWhen).contains(where: names) }
            guard isAwaited else { return false }
            run.learn(event)
            run.early.insert(event.type)
            return true
        }
        run.learn(event)
        end(step, at: place, badly: step.failsWhen.contains(where: names), event.type, &run, now)
        return true
    }

    /// Its task is done.
    func succeed(_ task: Task, _ run: inout SagaRun, at now: Timestamp) -> Bool {
        guard self.task(of: run) == task, let place = place(of: task.step) else { return false }
        run.isPending = false
        run.attempts = 0
        if task.isCompensation {
            undo(before: place, &run, at: now)
        } else {
            wait(at: place, &run, now)
        }
        return true
    }

    /// Its task failed: a step fails with it, a compensation is tried again.
    func fail(_ task: Task, because reason: String, _ run: inout SagaRun, at now: Timestamp) -> Bool {
        guard self.task(of: run) == task, let place = place(of: task.step) else { return false }
        run.attempts += 1
        guard task.isCompensation else {
            fail(at: place, reason, &run, now)
            return true
        }
        if run.attempts >= Self.mostAttempts {
            stick("the compensation of `\(task.step)` went on failing: \(reason)", &run)
        } else {
            run.due = now + Self.wait(after: run.attempts)
        }
        return true
    }

    /// Its task could not be tried now.
    func postpone(_ task: Task, _ run: inout SagaRun, at now: Timestamp) -> Bool {
        guard self.task(of: run) == task else { return false }
        run.attempts = min(run.attempts + 1, Self.mostAttempts - 1)
        run.due = now + Self.wait(after: run.attempts)
        return true
    }

    /// Time has passed; false where nothing is over.
    func pass(_ run: inout SagaRun, at now: Timestamp) -> Bool {
        guard !run.phase.isEnd else { return false }
        guard let place = place(of: run.step) else {
            stick("its step `\(run.step)` is not declared any more", &run)
            return true
        }
        if run.isPending, task(of: run) == nil {
            // The policies have taken its task away.
            run.isPending = false
            run.phase == .undoing ? undo(before: place, &run, at: now) : wait(at: place, &run, now)
            return true
        }
        guard run.phase == .running else { return false }
        if run.started + node.within <= now {
            fail(at: place, "it was not done within \(node.within.weirText)", &run, now)
            return true
        }
        if let limit = node.steps[place].within, run.stepStarted + limit <= now {
            fail(at: place, "the step `\(run.step)` was not done within \(limit.weirText)", &run, now)
            return true
        }
        // The policies may have changed how long a step may take.
        guard !run.isPending, run.due != end(of: place, run) else { return false }
        run.due = end(of: place, run)
        return true
    }

    /// Takes a run up again in which somebody has mended what it was stuck at; false where it is not stuck.
    func resume(_ run: inout SagaRun, at now: Timestamp) -> Bool {
        guard run.phase == .stuck, let place = place(of: run.step) else { return false }
        run.phase = .undoing
        undo(before: place + 1, &run, at: now)
        return true
    }

    /// When a step that waits has waited for too long.
    private func end(of place: Int, _ run: SagaRun) -> Timestamp {
        let whole = run.started + node.within
        return node.steps[place].within.map { min(run.stepStarted + $0, whole) } ?? whole
    }

    private static func wait(after attempts: Int) -> Duration {
        min(firstWait * (1 << min(attempts - 1, 10)), longestWait)
    }

    private func step(_ name: String) -> SagaNode.Step? { place(of: name).map { node.steps[$0] } }
    private func place(of step: String) -> Int? { node.steps.firstIndex { $0.name == step } }
}

// MARK: From step to step

extension SagaMachine {
    private func enter(_ place: Int, _ run: inout SagaRun, at now: Timestamp) {
        guard place < node.steps.count else {
            run.phase = .completed
            run.due = nil
            return
        }
        let step = node.steps[place]
        run.step = step.name
        run.stepStarted = now
        run.attempts = 0
        guard step.action == nil else {
            run.isPending = true
            run.due = now
            return
        }
        wait(at: place, &run, now)
    }

    /// Waits for the events of a step whose action is done; one that came early ends it at once.
    private func wait(at place: Int, _ run: inout SagaRun, _ now: Timestamp) {
        let step = node.steps[place]
        for (events, badly) in [(step.failsWhen, true), (step.awaits, false)] {
            guard let early = events.first(where: { run.early.contains($0.name) }) else { continue }
            run.early.remove(early.name)
            return end(step, at: place, badly: badly, early.name, &run, now)
        }
        guard !step.awaits.isEmpty else { return enter(place + 1, &run, at: now) }
        run.due = end(of: place, run)
    }

    private func end(
        _ step: SagaNode.Step, at place: Int, badly: Bool, _ type: String, _ run: inout SagaRun, _ now: Timestamp
    ) {
        if badly {
            fail(at: place, "`\(type)` came in the step `\(step.name)`", &run, now)
        } else {
            enter(place + 1, &run, at: now)
        }
    }

    private func fail(at place: Int, _ reason: String, _ run: inout SagaRun, _ now: Timestamp) {
        let isUntouched = run.isPending && run.attempts == 0
        run.phase = .undoing
        run.failure = reason
        undo(before: isUntouched ? place : place + 1, &run, at: now)
    }

    private func undo(before place: Int, _ run: inout SagaRun, at now: Timestamp) {
        run.attempts = 0
        guard let next = node.steps[..<place].lastIndex(where: { $0.compensation != nil }) else {
            run.phase = .undone
            run.isPending = false
            run.due = nil
            return
        }
        run.step = node.steps[next].name
        run.isPending = true
        run.due = now
    }

    private func stick(_ reason: String, _ run: inout SagaRun) {
        run.phase = .stuck
        run.failure = run.failure.map { "\($0); \(reason)" } ?? reason
        run.isPending = false
        run.due = nil
    }
}
