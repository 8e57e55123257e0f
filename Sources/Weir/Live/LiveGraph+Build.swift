// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// A handle that was given, as every later graph must serve it.
struct HandleRecord: Sendable {
    let request: HandleRequest
    /// The fallback steps of a pipeline that the handle cannot answer.
    let unanswerable: @Sendable (Pipeline) -> [PipelineStep]
}

extension LiveGraph {
    /// A graph over the live states of a draft, or every reason why it cannot serve the handles.
    static func build(
        _ graph: PolicyGraph, generation: Int, for handles: [HandleRecord], in draft: inout StateDraft
    ) throws(LoadError) -> LiveGraph {
        var bindings: [HandleBinding] = []
        var pipelines: [Pipeline] = []
        var errors: [HandleError] = []
        for handle in handles {
            do throws(HandleError) {
                let binding = try HandleBinding(handle.request, in: graph)
                let pipeline = try pipeline(binding, handle, in: &draft)
                bindings.append(binding)
                pipelines.append(pipeline)
            } catch {
                errors.append(error)
            }
        }
        guard errors.isEmpty else { throw LoadError(.handles, handles: errors) }
        return LiveGraph(generation: generation, graph: graph, bindings: bindings, pipelines: pipelines)
    }

    private static func pipeline(
        _ binding: HandleBinding, _ handle: HandleRecord, in draft: inout StateDraft
    ) throws(HandleError) -> Pipeline {
        let made: Pipeline
        do throws(InvalidValue) {
            made = try Pipeline(policy: binding.policy, owner: binding.owner, in: &draft)
        } catch {
            throw HandleError(.noPolicy, handle.request, "\(error)", place: binding.policy.place)
        }
        if handle.request.mode == .structured, let step = made.abandoningStep {
            throw HandleError(
                .needsDetachable, handle.request,
                "policy `\(binding.policy.name)` abandons overdue work, which a structured handle awaits",
                place: step.place, help: "obtain it with `detachableOperation`, or take `abandon` out of the policy")
        }
        if let step = handle.unanswerable(made).first {
            throw HandleError(
                .fallbackMissing, handle.request,
                "policy `\(binding.policy.name)` falls back to \(step.fallbackWords), which the handle cannot give",
                place: step.place)
        }
        return made
    }
}

extension PipelineStep {
    /// Where a fallback's answer comes from, in words.
    fileprivate var fallbackWords: String {
        guard case .fallback(let fallback) = policy else { return policy.kind.rawValue }
        return switch fallback.target {
        case .status(let code): "status \(code)"
        case .value: "a text"
        case .handler(let name): "the handler `\(name)`"
        case .cached: "a cached answer"
        case .call(let name, _): "a call of `\(name)`"
        }
    }
}
