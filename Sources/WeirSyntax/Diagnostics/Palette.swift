// SPDX-License-Identifier: Apache-2.0

/// The colours of a rendered diagnostic, by meaning; none when colour is not welcome.
struct Palette: Sendable {
    let isColoured: Bool

    func severity(_ severity: Diagnostic.Severity, _ text: String) -> String {
        switch severity {
        case .error: paint(text, "1;31")
        case .warning: paint(text, "1;33")
        case .information: paint(text, "1;36")
        }
    }

    func message(_ text: String) -> String { paint(text, "1") }
    func gutter(_ text: String) -> String { paint(text, "34") }
    func secondary(_ text: String) -> String { paint(text, "34") }
    func help(_ text: String) -> String { paint(text, "1;36") }
    func added(_ text: String) -> String { paint(text, "32") }
    func removed(_ text: String) -> String { paint(text, "31") }

    private func paint(_ text: String, _ code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
