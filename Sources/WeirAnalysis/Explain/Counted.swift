// SPDX-License-Identifier: Apache-2.0

/// A number and its noun as the language accepts both: `1 call`, `20 calls`.
enum Counted {
    static func words(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    static func calls(_ count: Int) -> String { words(count, "call") }
    static func failures(_ count: Int) -> String { words(count, "failure") }
}
