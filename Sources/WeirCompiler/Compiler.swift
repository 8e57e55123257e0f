// SPDX-License-Identifier: Apache-2.0

public import WeirSyntax

/// Turns policy files into a policy graph: trees → packages → names → layers → graph.
///
/// Pure: it reads no file, no clock and no environment, and never throws; what is wrong stands in ``Compilation/diagnostics``.
public enum Compiler {
    /// Compiles files that have been read; the set is one whole, so pass all files of a workspace.
    public static func compile(_ trees: [SyntaxTree], options: CompilerOptions = CompilerOptions()) -> Compilation {
        Compilation(trees: trees.sorted { $0.source.path < $1.source.path }, options: options)
    }

    /// Parses and compiles files that have been read.
    public static func compile(files: [SourceFile], options: CompilerOptions = CompilerOptions()) -> Compilation {
        compile(files.map { SyntaxTree.parse($0) }, options: options)
    }
}
