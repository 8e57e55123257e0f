// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import WeirSyntax

/// Damages texts at random, as slips of the hand and broken merges do.
enum Mutation {
    /// How many mutants all files together get; `WEIR_MUTANTS` asks for more.
    static let count = ProcessInfo.processInfo.environment["WEIR_MUTANTS"].flatMap(Int.init) ?? 10_000

    /// The file with one to three bytes or tokens dropped, doubled or swapped, or with a comment in between.
    static func mutant(_ file: SourceFile, _ numbers: inout SeededNumbers) -> String {
        var pieces = Bool.random(using: &numbers) ? tokens(file.bytes) : file.bytes.map { [$0] }
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
            let place = Int.random(in: 0..<pieces.count, using: &numbers)
            let other = Int.random(in: 0..<pieces.count, using: &numbers)
            switch Int.random(in: 0...3, using: &numbers) {
            case 0: pieces.remove(at: place)
            case 1: pieces.insert(pieces[other], at: place)
            case 2: pieces.swapAt(place, other)
            default: pieces.insert(Array("\n# lost?\n ".utf8), at: place)
            }
        }
        return String(decoding: pieces.joined(), as: UTF8.self)
    }

    /// A text in pieces: each token with what stands before it.
    private static func tokens(_ bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var position = 0
        for token in Lexer.tokens(of: bytes) {
            pieces.append(Array(bytes[position..<token.end]))
            position = token.end
        }
        return pieces
    }
}
