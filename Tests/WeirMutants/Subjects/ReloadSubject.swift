// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Weir
import WeirSyntax

/// A running service whose files are damaged: it goes on with the graph that it has, and calls answer.
final class ReloadSubject: MutantSubject {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "weir-mutants-\(UUID().uuidString)")
    private let weir: Weir
    private let authorize: OperationHandle<Int>
    private var calls = 0

    private static let sound = """
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
          bulkhead 3 calls
        }

        """

    init() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.sound.utf8).write(to: folder.appending(path: "shop.weir"))
        var configuration = WeirConfiguration(logger: Logger(label: "mutants") { _ in SwiftLogNoOpLogHandler() })
        configuration.watchesFiles = false
        weir = try await Weir.load(from: folder.path, configuration: configuration)
        authorize = try weir.operation("payments.authorize")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }  // A leftover harms nobody.

    func flaw(_ mutant: SourceFile) async throws -> String? {
        let file = folder.appending(path: mutant.path)
        try Data(mutant.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let before = weir.graph
        let report = await weir.reload()
        switch report.outcome {
        case .applied: break
        case .unchanged, .rejected:
            guard weir.graph == before else { return "a refused set has changed the graph" }
        }
        calls += 1
        let call = calls
        guard try await authorize.run({ call }) == call else { return "a call gets another call's answer" }
        return nil
    }
}
