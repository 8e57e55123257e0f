// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

extension SagaKeeper {
    /// How a task ended.
    private enum End {
        case done
        case failed(String)
        /// It could not be tried, or nobody can tell; it is tried again under the same key.
        case later
        /// The process stops; the run is taken up again when the lease is over.
        case cancelled
    }

    /// Does what is due in a run that was taken: sees whether its time is over, else calls or publishes.
    func proceed(_ record: SagaRecord) async {
        guard let plan = bus.plan.sagas.values.first(where: { "\($0.node.name)" == record.key.saga }) else { return }
        // What cannot be read or written now is taken up again when the lease is over.
        guard let run = try? SagaRun(record) else { return }
        var looked = run
        guard !plan.machine.pass(&looked, at: bus.configuration.wallClock()) else {
            return await commit(record.key, plan, from: record) { plan.machine.pass(&$0, at: $1) }
        }
        guard let task = plan.machine.task(of: run) else {
            return await commit(record.key, plan, from: record) { _, _ in true }
        }
        switch await perform(task, run, record.key, plan) {
        case .done: await commit(record.key, plan, from: record) { plan.machine.succeed(task, &$0, at: $1) }
        case .failed(let reason):
            await commit(record.key, plan, from: record) {
                plan.machine.fail(task, because: reason, &$0, at: $1)
            }
        case .later: await commit(record.key, plan, from: record) { plan.machine.postpone(task, &$0, at: $1) }
        case .cancelled: break
        }
    }

    private func commit(
        _ key: SagaKey, _ plan: SagaPlan, from record: SagaRecord, _ body: (inout SagaRun, Timestamp) -> Bool
    ) async {
        do {
            guard let run = try await change(key, of: plan, releasing: true, from: record, body) else { return }
            noteEnd(of: run, key, plan)
        } catch {
            note(.storeFailed, key, plan, step: "", reason: "\(error)")
        }
    }

    private func perform(
        _ task: SagaMachine.Task, _ run: SagaRun, _ key: SagaKey, _ plan: SagaPlan
    ) async -> End {
        switch task.action {
        case .call(let operation, let policy):
            guard let action = action(of: operation, in: plan.node.name) else {
                return .failed("nothing says how to call `\(operation)`")
            }
            let call = SagaCall(
                saga: plan.node.name, run: key.run, step: task.step, operation: operation,
                isCompensation: task.isCompensation, attempt: run.attempts + 1,
                idempotencyKey: SagaPlan.id(task, run, plan.node), fields: run.fields)
            return await make(call, action, plan.pipelines[SagaTarget(operation: operation, policy: policy)])
        case .publish(let type, let exchange): return await publish(type, exchange, task, run, key, plan)
        }
    }

    private func make(_ call: SagaCall, _ action: SagaAction, _ pipeline: Pipeline?) async -> End {
        do {
            if let pipeline {
                let handling = ResultHandling<Void>(fromText: { _ in }, fromStatus: { _ in })
                try await pipeline.run(CallFacts(isRetry: call.attempt > 1), handling) { try await action(call) }
            } else {
                try await action(call)
            }
            return .done
        } catch {
            if Task.isCancelled { return .cancelled }
            // The callee was not asked, so nothing is known of the step yet.
            if (error as? ResilienceError)?.code.refusal != nil { return .later }
            return .failed("\(error)")
        }
    }

    private func publish(
        _ type: QualifiedName, _ exchange: QualifiedName, _ task: SagaMachine.Task, _ run: SagaRun, _ key: SagaKey,
        _ plan: SagaPlan
    ) async -> End {
        guard let node = bus.plan.topology.event(type) else { return .failed("`\(type)` is not declared") }
        do throws(PublishError) {
            var event = plan.event(node, task, run, key)
            let known = try bus.complete(&event, because: nil)
            try await bus.send(event, try bus.exchange(for: event, "\(exchange)", of: known), of: known)
            return .done
        } catch {
            if Task.isCancelled { return .cancelled }
            switch error.code {
            case .nacked, .unknown, .windowFull: return .later
            default: return .failed(error.description)
            }
        }
    }
}
