// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The versions of an API by their names.
struct VersionNames: Sendable, Hashable {
    /// What a text names.
    enum Found: Hashable {
        /// A declared version, by its place.
        case declared(Int)
        /// Another version.
        case other(VersionKey)
    }

    private let keys: [VersionKey]

    /// - Parameter versions: in their order.
    init(_ versions: [ApiVersion]) { keys = versions.map { VersionKey($0) } }

    var count: Int { keys.count }

    /// The key of a declared version.
    subscript(_ place: Int) -> VersionKey { keys[place] }

    func place(of version: ApiVersion) -> Int? { place(of: VersionKey(version)) }

    /// nil: it is no version at all.
    func find(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Found? {
        guard let key = VersionKey(bytes, range) else { return nil }
        return place(of: key).map { .declared($0) } ?? .other(key)
    }

    private func place(of key: VersionKey) -> Int? {
        let keys = keys.span
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? low : nil
    }
}
