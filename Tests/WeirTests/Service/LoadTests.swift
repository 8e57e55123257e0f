// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirEvents
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct LoadTests {
    /// What the reference policies declare and no runtime enforces yet.
    private static let declaredOnly: Set<String> = [
        "event-routing", "sagas", "audits", "chaos-profiles", "api-lifecycle",
    ]

    private func failure(_ text: String, environment: String? = nil) async throws -> LoadError? {
        let directory = try PolicyDirectory(text)
        return await #expect(throws: LoadError.self) {
            try await Weir.load(from: directory.path, environment: environment, configuration: .quiet())
        }
    }

    @Test func `loads a directory and enforces it`() async throws {
        let directory = try PolicyDirectory(PolicyDirectory.text(places: "0 calls"))
        let weir = try await Weir.load(from: directory.path, configuration: .quiet())
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize", from: "checkout.place-order")
        let error = await #expect(throws: ResilienceError.self) { try await handle.run { 7 } }
        #expect(error?.code == .bulkheadFull)
        #expect(error?.description.contains("shop.weir:18") ?? false)
    }

    @Test func `refuses the reference policies for what nobody enforces, and for nothing else`() async throws {
        let root = URL(filePath: #filePath).appending(path: "../../../../policies").standardized.path
        let error = await #expect(throws: LoadError.self) {
            try await Weir.load(from: root, configuration: .quiet())
        }
        #expect(error?.code == .unenforced)
        #expect(error.map { Set($0.gaps.map(\.id)) } == Self.declaredOnly)
    }

    @Test(arguments: [nil, "staging", "production"])
    func `loads the reference policies in both forms`(environment: String?) async throws {
        let root = URL(filePath: #filePath).appending(path: "../../../../policies").standardized.path
        func load(_ path: String) async throws -> Weir {
            var configuration = WeirConfiguration.quiet()
            configuration.enforcedElsewhere = Self.declaredOnly
            return try await Weir.load(from: path, environment: environment, configuration: configuration)
        }
        let weir = try await load(root), twin = try await load(root + "/yaml")
        #expect(weir.graph.policies.count > 5)
        #expect(weir.status().graphHash == twin.status().graphHash)
    }

    @Test func `refuses to start with the findings in full`() async throws {
        let error = try await failure(PolicyDirectory.text(places: "many calls"))
        #expect(error?.code == .files)
        #expect(error?.description.contains("shop.weir:18:") ?? false)
        #expect(error?.description.contains("bulkhead many calls") ?? false)
    }

    @Test func `refuses what this version does not enforce, by name, file and line`() async throws {
        let error = try await failure(
            PolicyDirectory.text(places: "10 calls") + "policy again {\n  fallback to cached\n}\n")
        #expect(error?.code == .unenforced)
        #expect(error?.description.contains("shop.weir:21") ?? false)
        #expect(error?.gaps.count == 1)
    }

    @Test func `refuses events, from files and from a bundle, unless somebody else routes them`() async throws {
        let text = "queue work {\n  kind quorum\n}\n"
        let error = try await failure(text)
        #expect(error?.gaps.map(\.id) == ["event-routing"])
        let directory = try PolicyDirectory(text)
        var configuration = WeirConfiguration.quiet()
        configuration.enforcedElsewhere = ["event-routing"]
        let weir = try await Weir.load(from: directory.path, configuration: configuration)
        let bundle = weir.graph.canonicalJSON
        let refused = await #expect(throws: LoadError.self) {
            try await Weir.load(bundle: bundle, configuration: .quiet())
        }
        #expect(refused?.gaps.map(\.id) == ["event-routing"])
        _ = try await Weir.load(bundle: bundle, configuration: configuration)
    }

    @Test func `loads events where a bus is attached, and refuses what that does not enforce`() async throws {
        let directory = try PolicyDirectory(
            "queue work {\n  kind stream\n}\n\nevent order.placed {\n  schema \"order.json\"\n}\n")
        var configuration = WeirConfiguration.quiet()
        configuration.events = .memory()
        let error = await #expect(throws: LoadError.self) {
            try await Weir.load(from: directory.path, configuration: configuration)
        }
        #expect(error.map { Set($0.gaps.map(\.id)) } == ["stream-queues", "event-schema"])
        try directory.write("queue work {\n  kind quorum\n}\n")
        let weir = try await Weir.load(from: directory.path, configuration: configuration)
        _ = try await Weir.load(bundle: weir.graph.canonicalJSON, configuration: configuration)
        _ = try weir.eventBus()
        configuration.events = nil
        configuration.enforcedElsewhere = ["event-routing"]
        let without = try await Weir.load(from: directory.path, configuration: configuration)
        #expect(throws: EventBusError.self) { try without.eventBus() }
    }

    @Test func `refuses an environment that no file declares`() async throws {
        let error = try await failure(PolicyDirectory.text(places: "10 calls"), environment: "moon")
        #expect(error?.code == .unknownEnvironment)
        #expect(error?.description.contains("`moon`") ?? false)
    }

    @Test func `refuses a directory that is not there`() async {
        let error = await #expect(throws: LoadError.self) {
            try await Weir.load(from: "/nowhere/at/all", configuration: .quiet())
        }
        #expect(error?.description.contains("no such file or directory") ?? false)
    }
}
