// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirResilience

extension Simulation {
    /// Begins a call to an operation, from an attempt of another call or from the test.
    func call(
        _ operation: QualifiedName, using policy: QualifiedName?, from parent: LogicalCall?,
        for delivery: EventDelivery? = nil
    ) {
        let depth = (parent?.depth ?? -1) + 1
        guard depth < limits.deepestCall else {
            story.problem = "calls are nested deeper than \(limits.deepestCall), at `\(operation)`"
            return
        }
        let node = graph.operation(operation)
        let pipeline = policy.flatMap { pipelines.pipeline(to: operation, using: $0) }
        let caller = parent?.operation.service
        let facts = CallFacts(
            isRepeatable: !(node?.isUnsafeToRepeat ?? false), deadline: parent?.attemptEnd.nanoseconds ?? .max,
            isRetry: parent.map { $0.isRetry || $0.attempts > 1 } ?? false,
            scope: { source in
                switch source {
                case .caller: caller
                case .operation: operation.description
                case .header, .field: nil
                }
            })
        let call = LogicalCall(
            number: nextCallNumber(), parent: parent, operation: operation, pipeline: pipeline, facts: facts, at: now)
        call.delivery = delivery
        live[call.number] = call
        parent?.child = call
        trace(call, .called(by: parent?.operation, policy: policy))
        if call.machine == nil {
            attempt(call, until: .never)
        } else {
            drive(call) { $0.begin(at: $1) }
        }
    }

    /// Goes on with a call whose pause is over.
    func resume(_ call: LogicalCall, _ wake: Occurrence.Wake) {
        switch wake {
        case .answer(let outcome): endAttempt(call, outcome)
        case .attemptOver: endAttempt(call, .failure(.timeout))
        case .childAnswered(let isUsable):
            call.child = nil
            if isUsable { makeNextCall(call) } else { endAttempt(call, .status(Self.statusOfFailedCaller)) }
        case .waitOver: drive(call) { $0.waitEnded(at: $1) }
        case .granted: drive(call) { $0.granted(at: $1) }
        case .queueOver: drive(call) { $0.queueExpired(at: $1) }
        case .fallbackAnswered(let succeeded): drive(call) { $0.fallbackEnded(succeeded: succeeded, at: $1) }
        }
    }

    /// What an operation answers when a call that it needs has failed.
    static var statusOfFailedCaller: Int { 500 }

    /// Begins an attempt: it reaches the operation now and ends at the given time at the latest.
    func attempt(_ call: LogicalCall, until end: VirtualTime) {
        call.pause += 1
        call.attempts += 1
        call.attemptEnd = end
        story.arrivals.append(
            ArrivalFact(operation: call.operation, at: now, call: call.number, attempt: call.attempts))
        trace(call, .reached(attempt: call.attempts))
        wake(call, .attemptOver, at: end)
        switch upstreams.reaction(of: call.operation, at: now) {
        case .answers(let outcome, let latency): wake(call, .answer(outcome), at: now + latency)
        case .calls(let calls):
            call.route = Route(calls)
            makeNextCall(call)
        }
    }

    private func makeNextCall(_ call: LogicalCall) {
        if let next = call.route?.next() {
            self.call(next.callee, using: next.policy, from: call)
        } else {
            let node = graph.operation(call.operation)
            wake(call, .answer(node?.method == nil ? .success : .status(200)), at: now)
        }
    }

    private func endAttempt(_ call: LogicalCall, _ outcome: CallOutcome) {
        if let child = call.child { abandon(child) }
        call.child = nil
        call.route = nil
        call.outcome = outcome
        trace(call, .ended(attempt: call.attempts, outcome: outcome.words))
        if call.machine == nil {
            answer(call, Answer(outcome))
        } else {
            drive(call) { $0.attemptEnded(outcome, at: $1) }
        }
    }

    /// Ends a call whose caller no longer waits for it.
    private func abandon(_ call: LogicalCall) {
        if let child = call.child { abandon(child) }
        _ = call.advance({ $0.cancel(at: $1) }, at: now.nanoseconds)
        collect(from: call)
        close(call, Answer(.abandoned, detail: "the caller's time was over"))
    }

    /// Ends a call and lets its caller go on.
    func answer(_ call: LogicalCall, _ answer: Answer) {
        close(call, answer)
        if let parent = call.parent { wake(parent, .childAnswered(answer.isUsable), at: now) }
        if let delivery = call.delivery { settle(delivery, answer, call.outcome) }
    }

    private func close(_ call: LogicalCall, _ answer: Answer) {
        call.pause += 1
        live[call.number] = nil
        trace(call, .answered(answer))
        story.calls.append(
            CallFact(
                number: call.number, caller: call.parent?.operation, operation: call.operation,
                policy: call.pipeline?.policy.name, started: call.started, ended: now, attempts: call.attempts,
                answer: answer))
    }
}

extension QualifiedName {
    /// The service of an operation's name, with its package.
    var service: String {
        let service = name.prefix { $0 != "." }
        return package.isEmpty ? String(service) : "\(package).\(service)"
    }
}
