// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirSyntax

/// The two forms of policy files by the names that people give them.
enum WrittenForm: String, ExpressibleByArgument, CaseIterable {
    case yaml, weir

    var form: SourceFile.Form { self == .yaml ? .yaml : .weir }
}
