// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import WeirPolicy
import WeirResilience

/// A bundle of the last sound policies, kept on disk, so that a service may start although today's files are broken.
///
/// Starting from it is a choice of the service: it is logged as an error, shown in ``WeirStatus/lastGoodAge``, and refused when
/// the bundle is older than allowed.
public struct LastGoodBundle: Sendable, Hashable {
    /// A week.
    public static let defaultOldest: Duration = .seconds(7 * 86_400)
    /// The largest bundle that is read, in bytes.
    public static let mostBytes = 256 << 20

    /// The file that keeps it; replaced as a whole.
    public let path: String
    /// How old it may be, by the wall clock.
    public let oldest: Duration

    /// A bundle at a path that the service may write.
    public init(path: String, oldest: Duration = LastGoodBundle.defaultOldest) {
        self.path = path
        self.oldest = oldest
    }

    /// Writes the bundle beside the old one and renames it over; a failure is logged, since the policies are in force anyway.
    func save(_ graph: PolicyGraph, at seconds: Int64, _ logger: Logger) {
        let document = JSON.object([
            "format": .integer(1), "savedAt": .integer(seconds),
            "graph": .string(String(decoding: graph.canonicalJSON, as: UTF8.self)),
            "sourceMap": .string(String(decoding: SourceMap(graph).canonicalJSON, as: UTF8.self)),
        ])
        let failure = BundleFile.replace(path, with: document.canonicalBytes)
        if let failure {
            logger.error("the last good policies cannot be kept: \(failure)", metadata: ["bundle": "\(path)"])
        }
    }

    /// Reads the bundle.
    /// - Throws: the refusal that it was to stand in for, with why it cannot.
    func load(
        insteadOf refusal: LoadError, at seconds: Int64, routesEvents: Bool = false, elsewhere: Set<String> = []
    ) throws(LoadError) -> (graph: PolicyGraph, age: Int64) {
        func refuse(_ reason: String) -> LoadError {
            LoadError(
                .bundle, "the last good bundle `\(path)` cannot stand in: \(reason)",
                diagnostics: refusal.diagnostics, rendered: refusal.description, gaps: [], handles: [])
        }
        guard let bytes = BundleFile.read(path, limit: Self.mostBytes) else { throw refuse("it cannot be read") }
        do {
            guard case .object(let members) = try JSON(parsing: bytes), members["format"] == .integer(1),
                case .integer(let savedAt)? = members["savedAt"], case .string(let text)? = members["graph"],
                case .string(let places)? = members["sourceMap"]
            else { throw refuse("it is no bundle of this version") }
            let age = seconds - savedAt
            guard age >= 0 else { throw refuse("it is dated \(-age) s in the future") }
            guard Duration.seconds(age) <= oldest else {
                throw refuse("it is \(Duration.seconds(age).weirText) old, and \(oldest.weirText) is allowed")
            }
            let map = try SourceMap(canonicalJSON: Array(places.utf8))
            let graph = try PolicyGraph(canonicalJSON: Array(text.utf8), places: map)
            let gaps = GraphCheck.gaps(in: graph, routesEvents: routesEvents).filter { !elsewhere.contains($0.id) }
            guard gaps.isEmpty else { throw refuse("it asks for what is not enforced") }
            return (graph, age)
        } catch let error as LoadError {
            throw error
        } catch {
            throw refuse("\(error)")
        }
    }
}
