// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The versions of an API by their names, in all the ways in which people usually write them.
struct VersionNames: Sendable, Hashable {
    /// What a text names.
    enum Found: Hashable {
        /// A declared version, by its place.
        case declared(Int)
        /// Another version.
        case other(ApiVersion)
        /// No version.
        case malformed
    }

    private let spellings: [String: Int]
    private let positions: [ApiVersion: Int]

    init(_ versions: [ApiVersion]) {
        positions = Dictionary(zip(versions, versions.indices)) { first, _ in first }
        var spellings: [String: Int] = [:]
        for (place, version) in versions.enumerated() {
            let name = version.description
            let bare = name.first == "v" ? String(name.dropFirst()) : name
            for text in [name, bare, "V" + bare, "v" + bare, name + ".0", bare + ".0"]
            where ApiVersion(text) == version {
                spellings[text] = spellings[text] ?? place
            }
        }
        self.spellings = spellings
    }

    var count: Int { positions.count }

    func place(of version: ApiVersion) -> Int? { positions[version] }

    func find(_ text: Substring) -> Found {
        let text = String(text)
        if let place = spellings[text] { return .declared(place) }
        guard let version = ApiVersion(text) else { return .malformed }
        return positions[version].map { .declared($0) } ?? .other(version)
    }
}
