// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Testing
import WeirResilience

@testable import Weir

/// Damages the files of a running service at random and reloads each time.
@Suite struct ReloadMutationTests {
    private static let count = ProcessInfo.processInfo.environment["WEIR_MUTANTS"].flatMap(Int.init) ?? 10_000
    private static let seed = ProcessInfo.processInfo.environment["WEIR_SEED"].flatMap(UInt64.init) ?? 1

    @Test func `no damage to the files ends the service or changes what runs half-way`() async throws {
        let sound = PolicyDirectory.text(places: "3 calls")
        let directory = try PolicyDirectory(sound)
        var configuration = WeirConfiguration(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        configuration.watchesFiles = false
        let weir = try await Weir.load(from: directory.path, configuration: configuration)
        let authorize: OperationHandle<Int> = try weir.operation("payments.authorize")
        var random = SeededGenerator(seed: Self.seed)
        var refused = 0
        for number in 0..<Self.count {
            try Data(Self.mutant(of: sound, &random)).write(to: URL(filePath: directory.path + "/shop.weir"))
            let before = weir.graph
            let report = await weir.reload()
            switch report.outcome {
            case .applied: break
            case .unchanged: #expect(weir.graph == before)
            case .rejected:
                refused += 1
                #expect(weir.graph == before, "mutant \(number) of seed \(Self.seed)")
            }
            do {
                #expect(try await authorize.run { number } == number, "mutant \(number) of seed \(Self.seed)")
            } catch is ResilienceError {
                // A mutant may be a sound policy that refuses the call: no places, or a deadline of microseconds.
            }
        }
        #expect(refused > Self.count / 4)
        try directory.write(sound)
        _ = await weir.reload()
        #expect(weir.status().rejection == nil)
    }

    /// The text with one to three bytes or words dropped, doubled, swapped or replaced.
    private static func mutant(of text: String, _ random: inout SeededGenerator) -> [UInt8] {
        var pieces =
            Bool.random(using: &random)
            ? text.utf8.map { [$0] }
            : text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { Array($0) + [0x20] }
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<pieces.count, using: &random)
            let other = Int.random(in: 0..<pieces.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: pieces.remove(at: place)
            case 1: pieces.insert(pieces[other], at: place)
            case 2: pieces.swapAt(place, other)
            default: pieces[place] = [UInt8.random(in: 0...255, using: &random)]
            }
        }
        return Array(pieces.joined())
    }
}
