// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The reference page of all findings, made from their catalogue.
public enum FindingsPage {
    /// The page as Markdown; equal catalogues give equal pages.
    public static var text: String {
        var text = """
            # Findings

            Every finding of `weir check`, by its code. `weir explain CODE` prints the same. Codes are never used again for something
            else.

            | code | name | severity | meaning |
            |---|---|---|---|

            """
        for id in DiagnosticCatalogue.all {
            text += "| \(id.code) | `\(id.path)` | \(id.severity.word) | \(id.summary) |\n"
        }
        return text
    }
}
