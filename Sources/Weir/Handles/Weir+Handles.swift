// SPDX-License-Identifier: Apache-2.0

import WeirEvents
public import WeirResilience

extension Weir {
    /// A handle whose calls await overdue work; obtain it before serving.
    ///
    /// - Parameters:
    ///   - name: the operation that is called, or a policy, in full or the end of the name: `payments.authorize`.
    ///   - caller: the operation that calls; needed where callers use different policies.
    ///   - handling: how results are understood and how fallbacks answer.
    /// - Throws: ``HandleError`` when the name means nothing or more than one thing, or the policy cannot be enforced
    ///   through this kind of handle.
    public func operation<Value>(
        _ name: String, from caller: String? = nil, handling: ResultHandling<Value> = ResultHandling<Value>(),
        file: StaticString = #fileID, line: UInt = #line
    ) throws(HandleError) -> OperationHandle<Value> {
        let request = HandleRequest(name: name, caller: caller, mode: .structured, file: "\(file)", line: line)
        return OperationHandle(name: name, slot: try slot(request, handling), handling: handling)
    }

    /// A handle whose calls return at their deadline and leave overdue work behind; obtain it before serving.
    ///
    /// - Parameters:
    ///   - name: the operation that is called, or a policy, in full or the end of the name.
    ///   - caller: the operation that calls; needed where callers use different policies.
    ///   - handling: how results are understood and how fallbacks answer.
    /// - Throws: ``HandleError`` when the name means nothing or more than one thing, or the policy cannot be enforced.
    public func detachableOperation<Value: Sendable>(
        _ name: String, from caller: String? = nil, handling: ResultHandling<Value> = ResultHandling<Value>(),
        file: StaticString = #fileID, line: UInt = #line
    ) throws(HandleError) -> DetachableHandle<Value> {
        let request = HandleRequest(name: name, caller: caller, mode: .detachable, file: "\(file)", line: line)
        return DetachableHandle(name: name, slot: try slot(request, handling), handling: handling)
    }

    private func slot<Value>(
        _ request: HandleRequest, _ handling: ResultHandling<Value>
    ) throws(HandleError) -> HandleSlot {
        let record = HandleRecord(request: request) { $0.unanswerable(by: handling) }
        let index = try standing.withLock { (standing) throws(HandleError) -> Int in
            guard standing.handles.count < Self.mostHandles else {
                throw HandleError(.tooManyHandles, request, "the service has \(Self.mostHandles) handles")
            }
            let handles = standing.handles + [record]
            let live = standing.live
            var draft = store.draft(
                version: Self.version(live.generation, standing.graphHash), renamed: live.graph.formerNames)
            let next: LiveGraph
            do throws(LoadError) {
                next = try LiveGraph.build(live.graph, generation: live.generation, for: handles, in: &draft)
            } catch {
                // The handles before this one were served by this very graph, so the fault is this one's.
                throw error.handles.last ?? HandleError(.noPolicy, request, "\(error)")
            }
            let plan: EventPlan?
            do throws(LoadError) {
                plan = try prepareBus(live.graph, in: &draft)
            } catch {
                throw HandleError(.noPolicy, request, "\(error)")
            }
            guard cell.replace(with: next) else {
                throw HandleError(.tooManyHandles, request, "too many earlier graphs have calls running")
            }
            store.commit(draft)
            if let plan { bus?.install(plan) }
            standing.live = next
            standing.handles = handles
            return handles.count - 1
        }
        return HandleSlot(cell, index: index, clock: configuration.clock)
    }
}
