// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// How the routes of a version differ from those of the version before it.
struct RouteChanges {
    /// Routes that the later version has and the earlier one has not, and that no earlier route has moved to.
    private(set) var added: Set<ApiRouteNode>
    /// Routes of the later version that the earlier one answers by another operation.
    private(set) var changed: Set<ApiRouteNode> = []
    /// Routes of the earlier version whose operation the later one has under another method or path.
    private(set) var moved: [ApiRouteNode: ApiRouteNode] = [:]
    /// Routes of the earlier version that the later one has neither there nor elsewhere.
    private(set) var removed: Set<ApiRouteNode> = []

    init(from earlier: ApiVersionNode, to later: ApiVersionNode) {
        func names(_ routes: [ApiRouteNode]) -> Set<String> { Set(routes.map { "\($0.method) \($0.path)" }) }
        let (before, after) = (names(earlier.routes), names(later.routes))
        var new = later.routes.filter { !before.contains("\($0.method) \($0.path)") }
        for route in earlier.routes where !after.contains("\(route.method) \(route.path)") {
            // A route with the same method is the likelier one.
            let place =
                new.firstIndex { $0.operation == route.operation && $0.method == route.method }
                ?? new.firstIndex { $0.operation == route.operation }
            if let place { moved[route] = new.remove(at: place) } else { removed.insert(route) }
        }
        added = Set(new)
        changed = Set(
            later.routes.filter { route in
                earlier.routes.contains {
                    $0.method == route.method && $0.path == route.path && $0.operation != route.operation
                }
            })
    }
}
