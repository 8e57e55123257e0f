// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Where among the fields of a request those stand that decide, found in one pass over all of them.
struct RequestFields {
    /// Which fields an API looks at; by reference, because every request hands it around.
    final class Names: Sendable {
        let readsAccept: Bool
        /// The fields that name a version, by the place of their reader.
        let versions: [(reader: Int, name: HTTPField.Name)]
        /// The fields that name the consumer, in order.
        let consumers: [HTTPField.Name]
        /// A bit for each length of a name that is looked for; all other fields are passed over.
        let lengths: UInt64

        init(
            readsAccept: Bool, versions: [(reader: Int, name: HTTPField.Name)], consumers: [HTTPField.Name]
        ) {
            self.readsAccept = readsAccept
            self.versions = versions
            self.consumers = consumers
            let media: [HTTPField.Name] = readsAccept ? [.accept, .contentType] : []
            lengths = (media + versions.map(\.name) + consumers).reduce(0) {
                $0 | 1 << UInt64(min($1.canonicalName.utf8.count, 63))
            }
        }
    }

    /// The places from the first to the last field of a name, both included; others may stand between them.
    private(set) var accept: ClosedRange<Int>?
    /// Whether there is one field `Accept`, and it is what most clients send, which says nothing.
    private(set) var takesAll = false
    private(set) var contentType: ClosedRange<Int>?
    /// Whether a field of another name names a version.
    private(set) var hasVersions = false
    private(set) var consumer: String?

    init(_ fields: HTTPFields, _ names: Names) {
        var rank = Int.max
        for place in fields.indices {
            let name = fields[place].name
            guard names.lengths >> UInt64(min(name.canonicalName.utf8.count, 63)) & 1 == 1 else { continue }
            if names.readsAccept {
                if name.canonicalName == "accept" {
                    takesAll = accept == nil && fields[place].value == "*/*"
                    accept = (accept?.lowerBound ?? place)...place
                    continue
                }
                if name.canonicalName == "content-type" { contentType = (contentType?.lowerBound ?? place)...place }
            }
            if !hasVersions { hasVersions = names.versions.contains { $0.name == name } }
            guard !names.consumers.isEmpty else { continue }
            for (order, consumer) in names.consumers.enumerated() where order < rank && consumer == name {
                let value = fields[place].value
                guard !value.isEmpty else { continue }
                self.consumer = value
                rank = order
            }
        }
    }

    /// Whether no field says anything of versions.
    var areSilent: Bool { (accept == nil || takesAll) && contentType == nil && !hasVersions }
}
