// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A workspace in a temporary directory that is removed with it.
final class PolicyDirectory: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)").path

    init(_ text: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write(text)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // A leftover harms nobody.

    func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/shop.weir"), options: .atomic)
    }

    /// A policy whose bulkhead has so many places.
    static func text(places: String) -> String {
        """
        edition 1

        service payments {
          operation authorize {
            POST "/authorize"
          }
        }

        service checkout {
          operation place-order {
            POST "/orders"
            calls payments.authorize using card-payments
          }
        }

        policy card-payments {
          deadline 2s
          bulkhead \(places)
        }

        """
    }
}
