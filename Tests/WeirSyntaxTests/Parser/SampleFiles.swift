// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import WeirSyntax

/// The sample policies beside the tests.
enum SampleFiles {
    static let names = ["platform", "checkout", "environments", "orders-api", "order-events", "checkout.test"]

    static func read(_ name: String, _ form: SourceFile.Form) throws -> SourceFile {
        let file = form == .weir ? "\(name).weir" : "\(name).weir.yaml"
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Fixtures/samples/\(file)"))
        return SourceFile(path: file, form: form, bytes: Array(data))
    }
}
