// SPDX-License-Identifier: Apache-2.0

public import Logging
public import WeirLifecycle
public import WeirPolicy

/// Notices that others retire what we call: reads the answers that a client gets, logs what is news and keeps a list.
///
/// With AsyncHTTPClient, or any client that has the fields of its answers as names and values:
///
/// ```swift
/// let watch = DeprecationWatch()
/// let response = try await client.execute(request, timeout: .seconds(5))
/// watch.note(response.headers, of: "GET partner.example/v1/orders")
/// ```
public final class DeprecationWatch: Sendable {
    private let logger: Logger
    private let wallClock: @Sendable () -> Int64
    private let book = AdministrationLock(DeprecationBook())

    /// A watch that has heard nothing.
    /// - Parameters:
    ///   - logger: gets a warning for each address once, and once more when a date moves.
    ///   - wallClock: seconds since 1970.
    public init(
        logger: Logger = Logger(label: "weir.deprecations"), wallClock: @escaping @Sendable () -> Int64 = WallClock.now
    ) {
        self.logger = logger
        self.wallClock = wallClock
    }

    /// Reads the fields of an answer.
    /// - Parameter address: what was called, without what changes from call to call: it is kept, up to
    ///   ``DeprecationBook/mostAddresses`` of them.
    /// - Returns: what the answer says; nil: nothing of an end.
    @discardableResult
    public func note(_ fields: some Sequence<(name: String, value: String)>, of address: String) -> DeprecationNotice? {
        guard let notice = DeprecationNotice(fields) else { return nil }
        note(notice, of: address)
        return notice
    }

    /// Takes what an answer says.
    public func note(_ notice: DeprecationNotice, of address: String) {
        let now = Instant(secondsSince1970: wallClock())
        guard book.withLock({ $0.note(notice, of: address, at: now) }) else { return }
        var metadata: Logger.Metadata = ["address": "\(address.prefix(DeprecationBook.longestAddress))"]
        metadata["deprecated"] = notice.deprecated.map { "\($0)" }
        metadata["sunset"] = notice.sunset.map { "\($0)" }
        metadata["days_left"] = notice.daysLeft(at: now).map { "\($0)" }
        metadata["successor"] = notice.links["successor-version"].map { "\($0)" }
        metadata["guide"] = (notice.links["deprecation"] ?? notice.links["sunset"]).map { "\($0)" }
        logger.warning("an API that is called here is on its way out", metadata: metadata)
    }

    /// What has been heard: what is switched off next comes first.
    public var entries: [DeprecationBook.Entry] { book.withLock { $0.entries } }

    /// The same for programs.
    public var json: JSON {
        let now = Instant(secondsSince1970: wallClock())
        return book.withLock { $0 }.json(at: now)
    }
}
