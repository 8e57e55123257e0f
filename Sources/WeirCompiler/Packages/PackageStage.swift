// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The stage that sorts files into packages and collects what each package declares.
struct PackageStage {
    private let files: FileTable
    private let options: CompilerOptions
    private let findings: Findings

    init(_ files: FileTable, options: CompilerOptions, findings: Findings) {
        self.files = files
        self.options = options
        self.findings = findings
    }

    func run() -> Workspace {
        var numbers: [String: Int] = [:]
        var packages: [Package] = []
        var scopes: [FileScope] = []
        for file in files.trees.indices {
            let path = packagePath(of: file)
            let number = numbers[path] ?? packages.count
            if number == packages.count {
                packages.append(Package(path: path))
                numbers[path] = number
            }
            scopes.append(FileScope(package: number))
        }
        var workspace = Workspace(files: files, packages: packages, scopes: scopes, packageNumbers: numbers)
        for file in files.trees.indices {
            DeclarationCollector(file: file, findings: findings).collect(into: &workspace)
        }
        UseStage(findings: findings).run(&workspace)
        return workspace
    }

    /// The package that a file states, or its directory's; the two must agree when the root is known.
    private func packagePath(of file: Int) -> String {
        let directory = directory(of: files.path(file))
        let stated = files.trees[file].statements.first { $0.form == .package }
        guard let stated, !stated.isDamaged, let value = stated.value(.path) else {
            return options.rootIsKnown ? directory : ""
        }
        if options.rootIsKnown, value.text != directory { reportMisplaced(value, file, directory) }
        return value.text
    }

    private func directory(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: true).dropLast().joined(separator: ".")
    }

    private func reportMisplaced(_ value: Value, _ file: Int, _ directory: String) {
        let path = files.path(file)
        let expected = directory.isEmpty ? "no package, because it stands at the root" : "`\(directory)`"
        let edits =
            directory.isEmpty ? [] : [Diagnostic.Edit(file: path, range: value.range, replacement: directory)]
        findings.report(
            Diagnostic(
                .misplacedPackage, "`\(value.text)` is not the package of this directory",
                at: files.label(value.range, in: file, "the directory says \(expected)"),
                notes: ["a package is a directory: its name is the directory's path below the workspace root"],
                helps: [
                    Diagnostic.Help(
                        directory.isEmpty ? "delete this statement, or move the file" : "write the directory's package",
                        edits: edits, applicability: edits.isEmpty ? .display : .unsafe)
                ]))
    }
}
