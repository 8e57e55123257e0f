// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import WeirSyntax

/// The policies that the repository holds, as input of tests.
enum PolicyFiles {
    static func all(_ form: SourceFile.Form) throws -> [SourceFile] { try files(form, in: "policies") }

    /// The samples of the language paper.
    static func samples(_ form: SourceFile.Form) throws -> [SourceFile] {
        try files(form, in: "Tests/WeirSyntaxTests/Fixtures/samples")
    }

    /// The policy files of a folder of the repository.
    static func files(
        _ form: SourceFile.Form, in folder: String, filePath: String = #filePath
    ) throws -> [SourceFile] {
        var root = URL(fileURLWithPath: filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appending(path: folder).resolvingSymlinksInPath().path
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        return try paths.filter { SourceFile.Form(path: $0) == form }.map { path in
            SourceFile(
                path: path, form: form, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))))
        }
    }
}
