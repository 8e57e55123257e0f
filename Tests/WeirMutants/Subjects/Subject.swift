// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirSyntax

/// What mutants are given to.
enum Subject: String, CaseIterable, ExpressibleByArgument {
    case parser, yaml, formatter, converter, compiler, reload

    /// Its code, ready to run.
    func make() async throws -> any MutantSubject {
        switch self {
        case .parser: TreeSubject(form: .weir)
        case .yaml: TreeSubject(form: .yaml)
        case .formatter: FormatterSubject()
        case .converter: ConverterSubject()
        case .compiler: CompilerSubject()
        case .reload: try await ReloadSubject()
        }
    }

    /// One in how many mutants it gets: a reload reads a directory, and costs as much as a hundred parses.
    var share: UInt64 { self == .reload ? 10 : 1 }

    /// The forms that its mutants have, in turn.
    var forms: [SourceFile.Form] {
        switch self {
        case .parser, .formatter: [.weir]
        case .yaml: [.yaml]
        case .converter, .compiler, .reload: [.weir, .yaml]
        }
    }
}

/// Something that reads texts, and what must hold of it whatever they are.
protocol MutantSubject: AnyObject {
    /// What does not hold; nil where all does.
    func flaw(_ mutant: SourceFile) async throws -> String?
}
