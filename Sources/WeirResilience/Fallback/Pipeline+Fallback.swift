// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension Pipeline {
    /// The fallback steps that this handling cannot answer, so that a handle with it must be refused.
    public func unanswerable<Value>(by handling: ResultHandling<Value>) -> [PipelineStep] {
        policy.steps.filter { step in
            guard case .fallback(let fallback) = step.policy else { return false }
            switch fallback.target {
            case .value: return handling.fromText == nil
            case .status: return handling.fromStatus == nil
            case .handler(let name): return handling.handlers?[name] == nil
            case .cached, .call: return true
            }
        }
    }

    /// The closure that answers a fallback step; nil when the handling has none.
    @usableFromInline
    func answer<Value>(of step: Int, _ handling: ResultHandling<Value>) -> ResultHandling<Value>.Handler? {
        switch fallback(at: step) {
        case .value(let text):
            guard let make = handling.fromText else { return nil }
            return { @Sendable _ in try make(text) }
        case .status(let code):
            guard let make = handling.fromStatus else { return nil }
            return { @Sendable _ in try make(code) }
        case .handler(let name): return handling.handlers?[name]
        case .cached, .call, nil: return nil
        }
    }

    /// What a fallback is told about the call so far.
    @usableFromInline
    func request(_ call: borrowing CallMachine, _ error: (any Error)?) -> FallbackRequest {
        let shown = call.ending == .error ? call.error(underlying: error) : error
        return FallbackRequest(outcome: call.outcome, error: shown, attempts: call.attempts)
    }
}
