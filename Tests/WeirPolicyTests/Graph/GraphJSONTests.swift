// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirPolicy

@Suite struct GraphJSONTests {
    @Test(arguments: 0..<200) func `a generated graph loads back equal, with the same hash`(seed: UInt64) throws {
        var generator = GraphGenerator(seed: seed)
        let graph = try generator.graph()
        let bytes = graph.canonicalJSON
        let loaded = try PolicyGraph(canonicalJSON: bytes)
        #expect(loaded == graph)
        #expect(loaded.canonicalJSON == bytes)
        #expect(loaded.contentHash == graph.contentHash)
        #expect(try JSON(parsing: bytes).canonicalBytes == bytes)
    }

    @Test(arguments: 0..<100) func `generated APIs load back equal`(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let generator = ApiGenerator { bound in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let apis = try ["one", "two"].map { try generator.api(QualifiedName(package: "a.b", name: $0)) }
        let graph = PolicyGraph(environment: nil, services: [], operations: [], policies: [], apis: apis)
        let loaded = try PolicyGraph(canonicalJSON: graph.canonicalJSON)
        #expect(loaded == graph)
        #expect(loaded.canonicalJSON == graph.canonicalJSON)
    }

    @Test func `places do not change what a graph is`() throws {
        let place = SourcePlace(file: "a.weir", line: 3, column: 1)
        let step = PolicyStep.deadline(try DeadlinePolicy(total: .seconds(1)))
        let name = QualifiedName(package: "a", name: "p")
        let origin = SettingOrigin(setting: "deadline", layer: .policy(name), place: place)
        let bare = try ResolvedPolicy(name: name, steps: [PipelineStep(step)])
        let placed = try ResolvedPolicy(
            name: name, steps: [PipelineStep(step, place: place, origins: [origin])], place: place)
        let left = PolicyGraph(environment: nil, services: [], operations: [], policies: [bare])
        let right = PolicyGraph(environment: nil, services: [], operations: [], policies: [placed])
        #expect(left == right)
        #expect(left.contentHash == right.contentHash)
        let text =
            #"{"format":2,"operations":{},"policies":{"a.p":{"steps":[{"deadline":{"total":"1s"}}]}},"services":{}}"#
        #expect(String(decoding: left.canonicalJSON, as: UTF8.self) == text)
        let map = try SourceMap(canonicalJSON: SourceMap(right).canonicalJSON)
        #expect(map == SourceMap(right))
        #expect(
            try PolicyGraph(canonicalJSON: left.canonicalJSON, places: map).policies[0].steps[0].origins == [origin])
    }

    @Test(arguments: [
        ("", "the text ends where a value is due, at byte 0"),
        (
            #"{"format":3,"services":{},"operations":{},"policies":{}}"#,
            "format: this is format 3, and only formats 1 to 2 are read"
        ),
        (#"{"format":1,"services":{},"operations":{}}"#, "the key `policies` is missing"),
        (#"{"format":1,"services":{},"operations":{},"policies":{},"more":1}"#, "the key `more` has no meaning here"),
        (
            #"{"format":1,"services":{},"operations":{},"policies":{"a":{"steps":[{"deadline":{"total":"2"}}]}}}"#,
            "policies.a.steps[0].deadline.total: a duration is due here"
        ),
        (
            #"{"format":1,"services":{},"operations":{},"policies":{"a":{"steps":[{"deadline":{"total":"0s"}}]}}}"#,
            "policies.a.steps[0].deadline: `deadline` must be longer than 0s and at most 366d, and `0s` is not"
        ),
        (
            #"{"format":1,"services":{},"operations":{},"policies":{"a":{"steps":[{"wait":{}}]}}}"#,
            "policies.a.steps[0]: an object with one key, a kind of step, is due here"
        ),
        (
            #"{"format":1,"services":{"s":{"external":1}},"operations":{},"policies":{}}"#,
            "services.s.external: `true` or `false` is due here"
        ),
    ])
    func `a document that is no graph is refused with its place`(text: String, message: String) {
        #expect {
            _ = try PolicyGraph(canonicalJSON: Array(text.utf8))
        } throws: { error in
            "\(error)" == message
        }
    }

    @Test func `a graph of format 1 is read, and written anew in the present format`() throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/format-1.json")
        let graph = try PolicyGraph(canonicalJSON: Array(Data(contentsOf: fixture)))
        #expect(graph.policies.count == 26)
        #expect(graph.operations.count == 34)
        let again = try PolicyGraph(canonicalJSON: graph.canonicalJSON)
        #expect(again == graph)
        #expect(String(decoding: graph.canonicalJSON, as: UTF8.self).contains(#""format":2"#))
    }
}
