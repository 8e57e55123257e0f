// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What no file of the repository may hold.
@Suite struct PrivacyTests {
    private static let endings = [
        ".swift", ".md", ".weir", ".yaml", ".ebnf", ".json", "Makefile", "/run", ".modulemap", ".h", ".txt",
    ]

    @Test(arguments: endings)
    func `names no machine's paths`(ending: String) throws {
        let homes = ["ho" + "me", "ro" + "ot", "Us" + "ers", "wo" + "rk", "tm" + "p/lab"].joined(separator: "|")
        let expression = try Regex("(?:^|[\\s\"'`(=:])/(?:\(homes))/[A-Za-z.]")
        for file in Repository.files(ending: ending) {
            for (number, line) in try file.lines().enumerated() where line.firstMatch(of: expression) != nil {
                Issue.record("\(file.path):\(number + 1): write a path relative to the root: \(line.trimmed)")
            }
        }
    }
}
