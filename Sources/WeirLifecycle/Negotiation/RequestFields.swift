// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Where among the fields of a request those stand that decide, found in one pass over all of them.
struct RequestFields {
    /// Which fields an API looks at.
    struct Names: Sendable {
        var readsAccept = false
        /// The fields that name a version, by the place of their reader.
        var versions: [(reader: Int, name: HTTPField.Name)] = []
        /// The fields that name the consumer, in order.
        var consumers: [HTTPField.Name] = []
        /// A bit for each length of a name that is looked for; all other fields are passed over.
        private(set) var lengths: UInt64 = 0

        mutating func seal() {
            let media: [HTTPField.Name] = readsAccept ? [.accept, .contentType] : []
            for name in media + versions.map(\.name) + consumers {
                lengths |= 1 << UInt64(min(name.canonicalName.utf8.count, 63))
            }
        }
    }

    /// The places from the first to the last field of a name, both included; others may stand between them.
    private(set) var accept: ClosedRange<Int>?
    private(set) var contentType: ClosedRange<Int>?
    /// Whether a field of another name names a version.
    private(set) var hasVersions = false
    private(set) var consumer: String?

    init(_ fields: HTTPFields, _ names: Names) {
        var rank = Int.max
        for (place, field) in fields.enumerated() {
            let name = field.name
            guard names.lengths >> UInt64(min(name.canonicalName.utf8.count, 63)) & 1 == 1 else { continue }
            if names.readsAccept {
                if name.canonicalName == "accept" {
                    accept = (accept?.lowerBound ?? place)...place
                    continue
                }
                if name.canonicalName == "content-type" { contentType = (contentType?.lowerBound ?? place)...place }
            }
            if !hasVersions { hasVersions = names.versions.contains { $0.name == name } }
            for (place, consumer) in names.consumers.enumerated()
            where place < rank && consumer == name && !field.value.isEmpty {
                self.consumer = field.value
                rank = place
            }
        }
    }

    /// Whether no field says anything of versions.
    var isSilent: Bool { accept == nil && contentType == nil && !hasVersions }
}
