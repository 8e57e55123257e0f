// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The formatter: what it prints it leaves alone the next time, and only spaces differ from what was there.
final class FormatterSubject: MutantSubject {
    func flaw(_ mutant: SourceFile) -> String? {
        let before = SyntaxTree.parse(mutant)
        switch Formatter.format(before) {
        case .unchanged: return nil
        case .refused(let why):
            let hasError = before.diagnostics.contains { $0.severity == .error }
            return hasError && why.id == .unformattedFile ? nil : "it refuses a sound file: \(why.message)"
        case .changed(let bytes):
            let file = SourceFile(path: mutant.path, form: .weir, bytes: bytes)
            let after = SyntaxTree.parse(file)
            guard Formatter.format(after) == .unchanged else { return "formatting twice is not formatting once" }
            guard Self.ink(file) == Self.ink(mutant) else { return "more than spaces has changed" }
            guard after.diagnostics.map(\.id) == before.diagnostics.map(\.id) else { return "findings differ" }
            return nil
        }
    }

    /// The bytes that are no spacing.
    private static func ink(_ file: SourceFile) -> [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = file.bytes.starts(with: mark) ? file.bytes.dropFirst(mark.count) : file.bytes[...]
        return bytes.filter { !" \t\r\n".utf8.contains($0) }
    }
}
