// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How formats of other modules are given on the command line: by their raw values.
enum FormatWord {
    static func read<Format: RawRepresentable<String> & CaseIterable>(_ word: String) throws -> Format {
        guard let format = Format(rawValue: word) else {
            let known = Format.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw ValidationError("there is no format `\(word)`; there are \(known)")
        }
        return format
    }
}
