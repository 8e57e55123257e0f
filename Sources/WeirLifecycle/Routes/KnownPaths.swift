// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The paths that can be written out: every route without parameters, with each version in its place and without any.
///
/// A request for one of them costs a single look-up, however many there are; all others are taken apart.
struct KnownPaths: Sendable {
    /// A path, taken apart ahead of time.
    final class Path: Sendable {
        /// What follows base and version.
        let rest: ArraySlice<Substring>
        /// The version by its place, and how it is written; nil: the path names none.
        let version: (place: Int, segment: Substring)?
        /// The routes that the path leads to, by the version's place, or by that of each version.
        private let routes: [Int: [(method: String, route: ApiLifecycle.Route)]]

        init(
            rest: ArraySlice<Substring>, version: (place: Int, segment: Substring)?,
            routes: [Int: [(method: String, route: ApiLifecycle.Route)]]
        ) {
            self.rest = rest
            self.version = version
            self.routes = routes
        }

        func route(_ method: String, of version: Int) -> ApiLifecycle.Route? {
            routes[version]?.first { $0.method == method }?.route
        }
    }

    private var paths: [String: Path] = [:]

    subscript(_ path: String) -> Path? { paths[path] }

    /// - Parameter isExempt: whether a path has an answer of its own.
    init(_ versions: [ApiLifecycle.Version], _ shape: PathShape, isExempt: (ArraySlice<Substring>) -> Bool) {
        var templates: Set<String> = []
        for version in versions {
            for route in version.node.routes where !route.path.utf8.contains(UInt8(ascii: "{")) {
                templates.insert(route.path)
            }
        }
        for template in templates {
            let rest = RequestPath.segments(Substring(template))[...]
            let routes = versions.indices.map { place in
                let leaves = versions[place].routes.methods(rest).compactMap { method in
                    versions[place].routes.match(method, rest).map { (method: method, route: $0.value) }
                }
                return (place, leaves)
            }
            let keys = versions.map { shape.path($0.node.version, rest) } + [shape.path(rest)]
            for case let key? in keys {
                // Taken apart as a request would be, so that both ways agree.
                guard let path = try? RequestPath(key), !isExempt(path.segments[...]),
                    let parts = shape.parts(of: path.segments), parts.rest.elementsEqual(rest)
                else { continue }
                let place = parts.version.flatMap { segment in
                    versions.firstIndex { $0.node.version.description == segment }
                }
                guard (place == nil) == (parts.version == nil) else { continue }
                let known = routes.filter { place == nil || $0.0 == place }.filter { !$0.1.isEmpty }
                let version = place.flatMap { place in parts.version.map { (place: place, segment: $0) } }
                paths[key] = Path(
                    rest: parts.rest, version: version, routes: Dictionary(known) { first, _ in first })
            }
        }
    }
}
