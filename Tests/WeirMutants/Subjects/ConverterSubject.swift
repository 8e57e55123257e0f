// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The converter: a file without errors comes out in the other form and back the same, or is refused for a reason of its own.
final class ConverterSubject: MutantSubject {
    func flaw(_ mutant: SourceFile) -> String? {
        let other: SourceFile.Form = mutant.form == .weir ? .yaml : .weir
        switch Self.convert(mutant, to: other) {
        case .refused: return nil
        case .failed(let why): return why.message
        case .converted(let text):
            let twin = SourceFile(path: other.path, form: other, bytes: text)
            switch Self.convert(twin, to: mutant.form) {
            case .refused: return nil
            case .failed(let why): return "on the way back: \(why.message)"
            case .converted(let back):
                let again = Self.convert(SourceFile(path: mutant.path, form: mutant.form, bytes: back), to: other)
                return again == .converted(text) ? nil : "there and back is not the same"
            }
        }
    }

    private static func convert(_ file: SourceFile, to form: SourceFile.Form) -> ConversionResult {
        Converter.convert(file, to: form)
    }
}
