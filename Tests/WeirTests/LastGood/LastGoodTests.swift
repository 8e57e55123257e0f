// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct LastGoodTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString).bundle").path

    private func configuration(at seconds: Int64) -> WeirConfiguration {
        var configuration = WeirConfiguration.quiet()
        configuration.lastGood = LastGoodBundle(path: path, oldest: .seconds(3600))
        configuration.wallClock = { seconds }
        return configuration
    }

    @Test func `starts from the last good policies when today's are broken, and goes back to the files`() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }  // A leftover harms nobody.
        var shop = Shop()
        shop.bulkhead = 0
        shop.line = 12
        _ = try await Weir.load(ChangingSource(shop.graph()), configuration(at: 1000))
        let source = ChangingSource(broken: LoadError(.files, "a word is misspelt"))
        let weir = try await Weir.load(source, configuration(at: 4000))
        #expect(weir.status().lastGoodAge == 3000)
        #expect(weir.status().rejection?.code == .files)
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.place?.line == 12)
        shop.bulkhead = 1
        source.change("1", to: try shop.graph())
        #expect(await weir.reload().generation == 2)
        #expect(weir.status().lastGoodAge == nil)
    }

    @Test(arguments: [(Int64(4601), "1h1s"), (999, "future")])
    func `refuses a bundle that is too old or from the future`(now: Int64, words: String) async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }  // A leftover harms nobody.
        _ = try await Weir.load(ChangingSource(Shop().graph()), configuration(at: 1000))
        let broken = ChangingSource(broken: LoadError(.files, "a word is misspelt"))
        let error = await #expect(throws: LoadError.self) { try await Weir.load(broken, configuration(at: now)) }
        #expect(error?.code == .bundle)
        #expect(error?.description.contains(words) ?? false)
        #expect(error?.description.contains("a word is misspelt") ?? false)
    }

    @Test func `refuses to start without a choice, and without a bundle`() async throws {
        let broken = ChangingSource(broken: LoadError(.files, "a word is misspelt"))
        let plain = await #expect(throws: LoadError.self) { try await Weir.load(broken, .quiet()) }
        #expect(plain?.code == .files)
        let error = await #expect(throws: LoadError.self) { try await Weir.load(broken, configuration(at: 0)) }
        #expect(error?.description.contains("it cannot be read") ?? false)
    }
}
