// SPDX-License-Identifier: Apache-2.0

import Foundation
import WeirResilience
import WeirSyntax

/// The sound and the mistaken texts of the repository in both forms, and the mutants of them.
struct Corpus {
    private let texts: [SourceFile.Form: [[UInt8]]]
    private let seed: UInt64

    /// Reads the folders `weir` and `yaml`, in the order of their names.
    init(_ texts: WeirMutants.Texts) throws {
        var read: [SourceFile.Form: [[UInt8]]] = [:]
        for (folder, form) in [("weir", SourceFile.Form.weir), ("yaml", .yaml)] {
            let path = texts.seeds + "/" + folder
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            read[form] = try names.map { [UInt8](try Data(contentsOf: URL(filePath: path + "/" + $0))) }
            guard read[form]?.isEmpty == false else { throw CocoaError(.fileReadNoSuchFile) }
        }
        self.texts = read
        seed = texts.seed
    }

    var count: Int { texts.values.reduce(0) { $0 + $1.count } }

    /// The mutant of that number: the same one for the same seed and texts, whichever process asks.
    func mutant(_ number: UInt64, of form: SourceFile.Form) -> SourceFile {
        var random = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 ^ number &* 0xD1B5_4A32_D192_ED03)
        let all = texts[form] ?? []
        guard let text = all.randomElement(using: &random), let other = all.randomElement(using: &random) else {
            return SourceFile(path: form.path, form: form, bytes: [])
        }
        return SourceFile(path: form.path, form: form, bytes: Mutation.mutant(of: text, with: other, &random))
    }
}

extension SourceFile.Form {
    /// The name of a file of this form.
    var path: String { self == .weir ? "mutant.weir" : "mutant.weir.yaml" }
}
