// SPDX-License-Identifier: Apache-2.0

import Logging
import WeirEvents
import WeirPolicy
import WeirResilience
import WeirWorkspace

/// The policies of a service in force: loaded at the start, enforced through handles, replaced when the files change.
///
/// Load it before serving and obtain a handle for each operation. As a `Service` it watches the files; without running it,
/// nothing reloads but by ``reload()``.
public final class Weir: Sendable {
    /// The most handles of one service.
    public static let mostHandles = 10_000

    let configuration: WeirConfiguration
    let source: any PolicySource
    let store: StateStore
    let hub: EventHub
    let cell: GraphCell<LiveGraph>
    let bus: EventBus?
    let standing: AdministrationLock<Standing>
    /// Whose turn it is to read the files; held while reading, which ``standing`` is not.
    let turn = AdministrationLock(())

    /// What changes at a reload or when a handle is obtained.
    struct Standing {
        var live: LiveGraph
        /// The hash of the graph in force.
        var graphHash: String
        /// What was read for it.
        var contentHash: String
        var handles: [HandleRecord] = []
        /// The set that is refused at present.
        var rejection: (contentHash: String, error: LoadError)?
        var counts = WeirStatus.ReloadCounts()
        /// The age in seconds of the bundle that the service started from, as long as it runs from it.
        var lastGoodAge: Int64?
    }

    /// Loads the policies of a workspace.
    ///
    /// - Parameters:
    ///   - path: the workspace's directory, or one in it; the nearest `weir.yaml` upwards marks the root.
    ///   - environment: the environment whose settings hold; nil: the base.
    /// - Throws: ``LoadError`` when the files are refused. It prints as the findings with their lines.
    public static func load(
        from path: String, environment: String? = nil, configuration: WeirConfiguration = WeirConfiguration()
    ) async throws(LoadError) -> Weir {
        try await load(
            WorkspaceSource(
                path: path, environment: environment, enforcedElsewhere: configuration.enforcedElsewhere,
                apis: configuration.apis, routesEvents: configuration.events != nil),
            configuration)
    }

    /// Loads the policies of a bundle that `weir compile` wrote.
    ///
    /// - Parameters:
    ///   - bundle: the graph as canonical JSON.
    ///   - sourceMap: where its parts are written; without it, refusals name no file and line.
    /// - Throws: ``LoadError`` when it is no bundle, or asks for what is not enforced.
    public static func load(
        bundle: [UInt8], sourceMap: [UInt8]? = nil, configuration: WeirConfiguration = WeirConfiguration()
    ) async throws(LoadError) -> Weir {
        try await load(
            BundleSource(
                bundle: bundle, sourceMap: sourceMap, enforcedElsewhere: configuration.enforcedElsewhere,
                apis: configuration.apis, routesEvents: configuration.events != nil),
            configuration)
    }

    static func load(
        _ source: some PolicySource, _ configuration: WeirConfiguration
    ) async throws(LoadError) -> Weir {
        let loaded = await BackgroundThread.run { Result { () throws(LoadError) in try Weir(source, configuration) } }
        return try loaded.get()
    }

    private init(_ source: some PolicySource, _ configuration: WeirConfiguration) throws(LoadError) {
        let reading = source.read()
        let graph: PolicyGraph
        var rejection: (contentHash: String, error: LoadError)?
        var age: Int64?
        switch reading.result {
        case .success(let read):
            graph = read
            configuration.lastGood?.save(read, at: configuration.wallClock(), configuration.logger)
        case .failure(let error):
            guard let lastGood = configuration.lastGood else { throw error }
            let kept = try lastGood.load(
                insteadOf: error, at: configuration.wallClock(), routesEvents: configuration.events != nil,
                elsewhere: configuration.enforcedElsewhere)
            graph = kept.graph
            age = kept.age
            rejection = (reading.contentHash, error)
            configuration.logger.error(
                "policy files refused; STARTING FROM THE LAST GOOD BUNDLE, \(kept.age) s old\n\(error)",
                metadata: ["bundle": "\(lastGood.path)", "ageSeconds": "\(kept.age)"])
        }
        let apis = try AttachedApis(graph, configuration.apis)
        self.configuration = configuration
        self.source = source
        hub = EventHub(next: configuration.observer, sendsCalls: configuration.recordsCallEvents)
        let isObserved = configuration.recordsCallEvents || configuration.observer != nil
        let engine = Engine(
            clock: configuration.clock, random: configuration.random, observer: isObserved ? hub : nil)
        store = StateStore(engine: engine)
        let hash = graph.contentHash
        var draft = store.draft(version: Self.version(1, hash))
        bus = try Self.bus(graph, configuration, in: &draft)
        store.commit(draft)
        let live = LiveGraph(generation: 1, graph: graph, bindings: [], pipelines: [])
        cell = GraphCell(live)
        standing = AdministrationLock(
            Standing(
                live: live, graphHash: hash, contentHash: rejection == nil ? reading.contentHash : "",
                rejection: rejection, lastGoodAge: age))
        apis.enforce()
        configuration.logger.info(
            "policies in force",
            metadata: ["generation": "1", "hash": "\(hash.prefix(12))", "policies": "\(graph.policies.count)"])
    }

    /// How errors and events name a graph: its generation and the first 12 hex digits of its hash.
    static func version(_ generation: Int, _ hash: String) -> String { "\(generation)@\(hash.prefix(12))" }
}
