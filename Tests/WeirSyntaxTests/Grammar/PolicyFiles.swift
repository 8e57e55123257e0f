// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import WeirSyntax

/// The policies that the repository holds, as input of tests.
enum PolicyFiles {
    static func all(_ form: SourceFile.Form, filePath: String = #filePath) throws -> [SourceFile] {
        var root = URL(fileURLWithPath: filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appending(path: "policies").resolvingSymlinksInPath().path
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        return try paths.filter { SourceFile.Form(path: $0) == form }.map { path in
            SourceFile(
                path: path, form: form, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))))
        }
    }
}
