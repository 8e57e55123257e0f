// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Whatever the bytes are, there is a tree whose statements and findings stand inside of the file, and can be shown.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParser(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let file = SourceFile(
        path: "input.weir", form: .weir, bytes: [UInt8](UnsafeBufferPointer(start: data, count: size)))
    let tree = SyntaxTree.parse(file)
    visit(tree.statements, size)
    for finding in tree.diagnostics { precondition(Int(finding.primary.range.end) <= size, "a finding lies outside") }
    _ = DiagnosticRenderer { _ in file }.render(tree.diagnostics)
    return 0
}

private func visit(_ statements: Statements, _ size: Int) {
    for statement in statements {
        precondition(Int(statement.headRange.end) <= size, "a statement lies outside")
        for value in statement.allValues { precondition(Int(value.range.end) <= size, "a value lies outside") }
        visit(statement.statements, size)
    }
}
