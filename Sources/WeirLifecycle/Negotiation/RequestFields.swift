// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The fields of a request that decide, found in one pass over all of them.
struct RequestFields {
    /// Which fields an API looks at.
    struct Names: Sendable, Hashable {
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

        static func == (left: Names, right: Names) -> Bool {
            left.readsAccept == right.readsAccept && left.consumers == right.consumers
                && left.versions.elementsEqual(right.versions) { $0 == $1 }
        }

        func hash(into hasher: inout Hasher) { hasher.combine(consumers) }
    }

    private var firstAccept: String?
    private var moreAccepts: [String] = []
    private(set) var contentType: [String] = []
    /// The values of each reader's field.
    private(set) var versions: [(reader: Int, value: String)] = []
    private(set) var consumer: String?
    private var rank = Int.max

    init(_ fields: HTTPFields, _ names: Names) {
        for field in fields {
            let name = field.name
            guard names.lengths >> UInt64(min(name.canonicalName.utf8.count, 63)) & 1 == 1 else { continue }
            if names.readsAccept {
                if name.canonicalName == "accept" {
                    if firstAccept == nil { firstAccept = field.value } else { moreAccepts.append(field.value) }
                    continue
                }
                if name.canonicalName == "content-type" { contentType.append(field.value) }
            }
            for reader in names.versions where reader.name == name {
                versions.append((reader.reader, field.value))
            }
            for (place, consumer) in names.consumers.enumerated()
            where place < rank && consumer == name && !field.value.isEmpty {
                self.consumer = field.value
                rank = place
            }
        }
    }

    /// The values of `Accept`.
    var accept: [String] { firstAccept.map { [$0] + moreAccepts } ?? [] }

    /// Whether no field says anything of versions.
    var isSilent: Bool { firstAccept == nil && contentType.isEmpty && versions.isEmpty }

    /// The one value of `Accept`, empty without any, where no other field says anything of versions; nil otherwise.
    var onlyAccept: String? {
        guard contentType.isEmpty, versions.isEmpty, moreAccepts.isEmpty else { return nil }
        guard let value = firstAccept else { return "" }
        return value.isEmpty ? nil : value
    }

    func values(of reader: Int) -> [String] { versions.filter { $0.reader == reader }.map(\.value) }
}
