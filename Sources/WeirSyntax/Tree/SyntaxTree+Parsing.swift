// SPDX-License-Identifier: Apache-2.0

extension SyntaxTree {
    /// Reads a policy file in the form that it says it has; never fails, and says in ``diagnostics`` what is wrong.
    public static func parse(_ source: SourceFile) -> SyntaxTree {
        switch source.form {
        case .weir: WeirParser.parse(source)
        case .yaml: YAMLReader.read(source)
        }
    }
}
