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

        static func == (left: Names, right: Names) -> Bool {
            left.readsAccept == right.readsAccept && left.consumers == right.consumers
                && left.versions.elementsEqual(right.versions) { $0 == $1 }
        }

        func hash(into hasher: inout Hasher) { hasher.combine(consumers) }
    }

    private(set) var accept: [String] = []
    private(set) var contentType: [String] = []
    /// The values of each reader's field.
    private(set) var versions: [(reader: Int, value: String)] = []
    private(set) var consumer: String?
    private var rank = Int.max

    init(_ fields: HTTPFields, _ names: Names) {
        for field in fields {
            let name = field.name
            if names.readsAccept {
                if name == .accept { accept.append(field.value) }
                if name == .contentType { contentType.append(field.value) }
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

    /// Whether no field says anything of versions.
    var isSilent: Bool { accept.isEmpty && contentType.isEmpty && versions.isEmpty }

    func values(of reader: Int) -> [String] { versions.filter { $0.reader == reader }.map(\.value) }
}
