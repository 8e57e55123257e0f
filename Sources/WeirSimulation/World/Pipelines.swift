// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// The pipelines of all calls that operations declare and of all handlers of events, over one store of live states, as one service process has them.
struct Pipelines {
    private struct Key: Hashable {
        let callee: QualifiedName
        let policy: QualifiedName
    }

    let store: StateStore
    /// What the pipelines leave out, and why some could not be built, in words.
    let notes: [String]
    private let pipelines: [Key: Pipeline]

    init(graph: PolicyGraph, engine: Engine) {
        store = StateStore(engine: engine)
        var draft = store.draft(version: "test")
        var pipelines: [Key: Pipeline] = [:]
        var notes: [String] = []
        let keys = Self.keys(of: graph)
        for key in keys {
            guard pipelines[key] == nil, let declared = graph.policy(key.policy) else { continue }
            do {
                let enforced = try Self.enforced(declared, &notes)
                let owner = Self.owner(of: key, among: keys)
                pipelines[key] = try Pipeline(policy: enforced, owner: owner, in: &draft)
            } catch {
                Self.note("policy `\(key.policy)` cannot be run: \(error)", in: &notes)
            }
        }
        store.commit(draft)
        self.pipelines = pipelines
        self.notes = notes
    }

    /// What is called under which policy, by operations and by subscriptions.
    private static func keys(of graph: PolicyGraph) -> [Key] {
        let calls = graph.operations.flatMap(\.calls).compactMap { call in
            call.policy.map { Key(callee: call.callee, policy: $0) }
        }
        let handlers = graph.topology.subscriptions.flatMap { subscription in
            subscription.deliveries.compactMap { delivery in
                subscription.policy.map { Key(callee: delivery.operation, policy: $0) }
            }
        }
        return calls + handlers
    }

    /// Whose live states the calls use, as handles of a service have it: the operation's, and where it is called under
    /// several policies, each of them has its own.
    private static func owner(of key: Key, among keys: [Key]) -> QualifiedName {
        guard Set(keys.filter { $0.callee == key.callee }).count > 1 else { return key.callee }
        return QualifiedName(package: key.callee.package, name: "\(key.callee.name) using \(key.policy.name)")
    }

    /// The policy without the steps that this version does not enforce, each of which is noted.
    private static func enforced(
        _ policy: ResolvedPolicy, _ notes: inout [String]
    ) throws(InvalidValue) -> ResolvedPolicy {
        var steps: [PipelineStep] = []
        for step in policy.steps {
            let gaps = EnforcementGap.gaps(in: try ResolvedPolicy(name: policy.name, steps: [step]))
            if gaps.isEmpty { steps.append(step) }
            for gap in gaps {
                let place = gap.place.map { " (\($0.file):\($0.line))" } ?? ""
                note("`\(policy.name)` runs without a step: \(gap.message)\(place)", in: &notes)
            }
        }
        return try ResolvedPolicy(name: policy.name, steps: steps, place: policy.place)
    }

    private static func note(_ text: String, in notes: inout [String]) {
        if !notes.contains(text) { notes.append(text) }
    }

    /// The pipeline of calls to the operation under the policy.
    func pipeline(to callee: QualifiedName, using policy: QualifiedName) -> Pipeline? {
        pipelines[Key(callee: callee, policy: policy)]
    }

    /// Where the breakers of a name stand: of a shared step, or of a policy, one for each operation that is called under it.
    func breakers(of name: QualifiedName, in graph: PolicyGraph, at now: VirtualTime) -> [BreakerReading] {
        var shared: Set<QualifiedName> = [name]
        for step in graph.policy(name)?.steps ?? [] where step.policy.kind == .breaker {
            if let reference = step.shared { shared.insert(reference) }
        }
        let owners = Set(pipelines.filter { $0.key.policy == name }.map(\.value.owner))
        let found = store.breakers.filter { key, _, _ in
            key.isShared ? shared.contains(key.owner) : owners.contains(key.owner)
        }
        let readings = found.map { key, scope, breaker in
            let instance = scope.map { " for `\($0)`" } ?? ""
            return BreakerReading(
                label: (key.isShared ? "" : "for \(key.owner.name)") + instance,
                state: breaker.snapshot(at: now.nanoseconds).state)
        }
        return readings.sorted { $0.label < $1.label }
    }

    /// The breaker that an event is about: the shared step, or the policy that it belongs to.
    static func breakerName(of event: ResilienceEvent, in graph: PolicyGraph) -> (name: QualifiedName, isShared: Bool) {
        let steps = (graph.policy(event.policy)?.steps ?? []).filter { $0.policy.kind == .breaker }
        let step = steps.first { $0.place == event.place } ?? steps.first
        return step?.shared.map { ($0, true) } ?? (event.policy, false)
    }
}
