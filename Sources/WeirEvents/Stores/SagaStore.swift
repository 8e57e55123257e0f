// SPDX-License-Identifier: Apache-2.0

/// A store that remembers runs of sagas, too.
///
/// A run is written with a ``SagaChange`` in a commit, so that it changes together with the note that its event is handled.
public protocol SagaStore: EventStore {
    /// A run as it was written last; nil where there is none.
    func saga(_ key: SagaKey) async throws -> SagaRecord?

    /// Takes runs in which something is to be done by now and that nobody else has, the longest due first, for as long as the lease.
    /// - Parameter sagas: the full names of the sagas whose runs are wanted.
    func takeSagas(
        of sagas: [String], most: Int, until lease: Timestamp, at now: Timestamp
    ) async throws -> [SagaRecord]

    /// How many runs are in each phase, by its word.
    func sagaCounts() async throws -> [String: Int]
}

/// Which run of which saga.
public struct SagaKey: Sendable, Hashable {
    /// The saga's full name.
    public let saga: String
    /// The value of the field that tells its runs apart.
    public let run: String

    /// A key.
    public init(saga: String, run: String) {
        self.saga = saga
        self.run = run
    }
}

/// A run of a saga as stores keep it.
public struct SagaRecord: Sendable, Hashable {
    /// Which run.
    public let key: SagaKey
    /// Counts its changes, from 1.
    public var version: Int64
    /// Where it is, in one word.
    public var phase: String
    /// When something is to be done; nil: when an event comes, or never again.
    public var due: Timestamp?
    /// Until when a run that has ended is remembered; nil: it has not ended.
    public var keep: Timestamp?
    /// The rest of it, as JSON.
    public var body: String

    /// A record.
    public init(
        key: SagaKey, version: Int64, phase: String, due: Timestamp?, keep: Timestamp? = nil, body: String
    ) {
        self.key = key
        self.version = version
        self.phase = phase
        self.due = due
        self.keep = keep
        self.body = body
    }
}

/// Writes a run over the version before it; with ``StoreError/Code/conflict`` when another one is there.
public struct SagaChange: StagedChange, Hashable {
    /// The run as it is to be.
    public let record: SagaRecord
    /// Whether the lease under which it was taken ends with it.
    public let releases: Bool

    /// A change.
    public init(_ record: SagaRecord, releases: Bool = false) {
        self.record = record
        self.releases = releases
    }
}

extension SagaChange {
    /// Another version is there than the one before it.
    package var conflict: StoreError {
        StoreError(.conflict, "somebody else has changed the run `\(record.key.run)` of the saga `\(record.key.saga)`")
    }
}
