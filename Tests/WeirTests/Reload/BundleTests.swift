// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct BundleTests {
    @Test func `runs from a bundle, with places when there is a source map`() async throws {
        var shop = Shop()
        shop.bulkhead = 0
        shop.line = 5
        let graph = try shop.graph()
        let weir = try await Weir.load(
            bundle: graph.canonicalJSON, sourceMap: SourceMap(graph).canonicalJSON, configuration: .quiet())
        #expect(weir.graph == graph)
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.place?.line == 5)
        guard case .unchanged = await weir.reload().outcome else {
            Issue.record("a bundle never changes")
            return
        }
    }

    @Test func `refuses what is no bundle and what is not enforced`() async throws {
        let error = await #expect(throws: LoadError.self) {
            try await Weir.load(bundle: [1, 2], configuration: .quiet())
        }
        #expect(error?.code == .bundle)
        var shop = Shop()
        shop.fallback = try FallbackPolicy(target: .cached)
        let graph = try shop.graph()
        let gap = await #expect(throws: LoadError.self) {
            try await Weir.load(
                bundle: graph.canonicalJSON, sourceMap: SourceMap(graph).canonicalJSON, configuration: .quiet())
        }
        #expect(gap?.gaps.map(\.id) == ["cached-fallback"])
        #expect(gap?.description.contains("error[unenforced/cached-fallback]") ?? false)
        #expect(gap?.description.contains("shop/card.weir:1") ?? false)
    }
}
