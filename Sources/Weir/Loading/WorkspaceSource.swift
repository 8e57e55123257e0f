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
        let graphGaps = GraphCheck.gaps(in: graph).filter { gap in
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
    static func gaps(in graph: PolicyGraph) -> [LoadError.Gap] {
        let steps = graph.policies.flatMap { policy in
            EnforcementGap.gaps(in: policy).map {
                LoadError.Gap(
                    id: $0.id, message: "\($0.message) (policy `\(policy.name)`)", place: $0.place ?? policy.place)
            }
        }
        return steps + gaps(in: graph.topology)
    }

    private static func gaps(in topology: EventTopology) -> [LoadError.Gap] {
        let isRouting =
            topology.bus != nil || !topology.events.isEmpty || !topology.exchanges.isEmpty || !topology.queues.isEmpty
            || !topology.subscriptions.isEmpty
        return [
            ("event-routing", "events are", isRouting), ("sagas", "sagas are", !topology.sagas.isEmpty),
            ("audits", "audits are", !topology.audits.isEmpty),
            ("chaos-profiles", "chaos profiles are", !topology.chaosProfiles.isEmpty),
        ].compactMap { id, words, isDeclared in
            isDeclared ? LoadError.Gap(id: id, message: "\(words) not enforced by this version", place: nil) : nil
        }
    }
}
