// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirWorkspace

/// Policies from a compiled bundle, which never changes.
struct BundleSource: PolicySource {
    let bundle: [UInt8]
    let sourceMap: [UInt8]?
    /// The ids of what somebody else enforces.
    let enforcedElsewhere: Set<String>
    /// What serves APIs.
    let apis: [any ApiEnforcement]
    /// Whether a bus is attached.
    let routesEvents: Bool

    var watchedRoot: WorkspaceRoot? { nil }

    func read() -> PolicyReading {
        let hash = SHA256.hex(bundle)
        do throws(GraphReadError) {
            let places = if let sourceMap { try SourceMap(canonicalJSON: sourceMap) } else { SourceMap?.none }
            let graph = try PolicyGraph(canonicalJSON: bundle, places: places)
            let gaps = (GraphCheck.gaps(in: graph, routesEvents: routesEvents) + AttachedApis.gaps(in: graph, apis))
                .filter {
                    !enforcedElsewhere.contains($0.id)
                }
            guard gaps.isEmpty else {
                return PolicyReading(contentHash: hash, .failure(LoadError(.unenforced, gaps: gaps)))
            }
            return PolicyReading(contentHash: hash, .success(graph))
        } catch {
            return PolicyReading(contentHash: hash, .failure(LoadError(.bundle, "the bundle cannot be read: \(error)")))
        }
    }
}
