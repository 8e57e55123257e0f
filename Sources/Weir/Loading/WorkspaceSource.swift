// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirResilience
import WeirSyntax
import WeirWorkspace

/// Policies from the files of a workspace.
struct WorkspaceSource: PolicySource {
    /// The directory that was given, or one of its files.
    let path: String
    /// The environment whose overlays hold; nil: the base.
    let environment: String?
    /// The ids of what somebody else enforces.
    let enforcedElsewhere: Set<String>
    /// What serves APIs.
    let apis: [any ApiEnforcement]
    /// Whether a bus is attached.
    let routesEvents: Bool

    var watchedRoot: WorkspaceRoot? { WorkspaceRoot.discover(from: path) }

    func read() -> PolicyReading {
        let root = WorkspaceRoot.discover(from: path)
        let snapshot = WorkspaceSnapshot.read(root)
        let hash = snapshot.contentHash
        let compilation = Compiler.compile(
            files: snapshot.files, options: CompilerOptions(rootIsKnown: root.rootIsKnown))
        let findings =
            snapshot.diagnostics + compilation.diagnostics + PublishedDateCheck.findings(snapshot, compilation)
        if findings.contains(where: { $0.severity == .error }) || compilation.hasErrors {
            return PolicyReading(contentHash: hash, .failure(Self.error(.files, findings, snapshot)))
        }
        guard !snapshot.files.isEmpty else {
            return PolicyReading(
                contentHash: hash, .failure(LoadError(.noFiles, "there are no policy files in `\(root.path)`")))
        }
        let gaps = compilation.unenforced.map {
            LoadError.Gap(id: $0.id, message: "`\($0.words)` is not enforced by this version", place: $0.place)
        }
        guard let graph = compilation.graph(environment: environment) else {
            return PolicyReading(contentHash: hash, .failure(Self.unknown(environment, compilation)))
        }
        let graphGaps = GraphCheck.gaps(in: graph, routesEvents: routesEvents).filter { gap in
            !gaps.contains { $0.place == gap.place || (gap.place == nil && $0.id == gap.id) }
        }
        let apiGaps = AttachedApis.gaps(in: graph, apis) { name in
            compilation.declarations.first { $0.kind == .api && $0.name == name }?.place
        }
        let all = (gaps + graphGaps + apiGaps).filter { !enforcedElsewhere.contains($0.id) }
        guard all.isEmpty else { return PolicyReading(contentHash: hash, .failure(LoadError(.unenforced, gaps: all))) }
        return PolicyReading(contentHash: hash, .success(graph), warnings: findings)
    }

    private static func error(
        _ code: LoadError.Code, _ findings: [Diagnostic], _ snapshot: WorkspaceSnapshot
    ) -> LoadError {
        let files = Dictionary(snapshot.files.map { ($0.path, $0) }) { first, _ in first }
        let renderer = DiagnosticRenderer { files[$0] }
        return LoadError(code, diagnostics: findings, rendered: renderer.render(findings))
    }

    private static func unknown(_ environment: String?, _ compilation: Compilation) -> LoadError {
        let known = compilation.environments.map { "`\($0)`" }.joined(separator: ", ")
        let help = known.isEmpty ? "the files declare none" : "the files declare \(known)"
        return LoadError(.unknownEnvironment, "no file declares the environment `\(environment ?? "")`; \(help)")
    }
}

/// What in a graph the runtime does not enforce.
enum GraphCheck {
    /// - Parameter routesEvents: whether a bus is attached.
    static func gaps(in graph: PolicyGraph, routesEvents: Bool) -> [LoadError.Gap] {
        let steps = graph.policies.flatMap { policy in
            EnforcementGap.gaps(in: policy).map {
                LoadError.Gap(
                    id: $0.id, message: "\($0.message) (policy `\(policy.name)`)", place: $0.place ?? policy.place)
            }
        }
        return steps + gaps(in: graph.topology, routesEvents)
    }

    private static func gaps(in topology: EventTopology, _ routesEvents: Bool) -> [LoadError.Gap] {
        let isRouting =
            topology.bus != nil || !topology.events.isEmpty || !topology.exchanges.isEmpty || !topology.queues.isEmpty
            || !topology.subscriptions.isEmpty
        let nothing = "nothing is attached that"
        return [
            ("event-routing", "\(nothing) routes events", isRouting && !routesEvents),
            (
                "chaos-profiles", "\(nothing) applies chaos profiles",
                !topology.chaosProfiles.isEmpty && !routesEvents
            ), ("event-schema", "schemas of events are not enforced by this version", topology.hasSchemas),
            ("stream-queues", "queues of kind `stream` are not enforced by this version", topology.hasStreams),
            ("sagas", "\(nothing) runs sagas", !topology.sagas.isEmpty && !routesEvents),
            ("audits", "audits are not enforced by this version", !topology.audits.isEmpty),
        ].compactMap { id, message, isDeclared in
            isDeclared ? LoadError.Gap(id: id, message: message, place: nil) : nil
        }
    }
}

extension EventTopology {
    fileprivate var hasSchemas: Bool { events.contains { $0.schema != nil } }
    fileprivate var hasStreams: Bool { queues.contains { $0.kind == .stream } }
}
