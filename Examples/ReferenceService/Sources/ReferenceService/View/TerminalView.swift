// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Shows what happens, a line each; on a terminal with colour and a line at the bottom that says how things stand.
final class TerminalView: Sendable {
    private struct State {
        /// What stands at the bottom of the terminal now.
        var footer = ""
    }

    /// Whether somebody looks at it.
    let isTerminal: Bool
    private let lines: EventLines
    private let state = Mutex(State())
    private let begin: ContinuousClock.Instant
    private let clock = ContinuousClock()

    /// A view on standard output: colour on a terminal, unless `NO_COLOR` is set; plain lines when piped.
    init() {
        isTerminal = isatty(STDOUT_FILENO) == 1
        let refused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        lines = EventLines(colours: Colours(areShown: isTerminal && !refused))
        begin = clock.now
    }

    /// Shows something that happened.
    func show(_ happening: Happening) {
        let age = Double((clock.now - begin) / .milliseconds(100)).rounded(.down) / 10
        var time = Self.padded(age)
        for line in lines.lines(for: happening) {
            print("\(time)  \(line)")
            time = String(repeating: " ", count: time.count)  // One time is enough for a finding of many lines.
        }
    }

    /// Shows a text as it is.
    func print(_ text: String) {
        state.withLock { state in
            write(isTerminal && !state.footer.isEmpty ? "\r\u{1B}[K\(text)\n\(state.footer)" : "\(text)\n")
        }
    }

    /// Replaces the line at the bottom; nothing where nobody looks.
    func setFooter(_ text: String) {
        guard isTerminal else { return }
        let width = Self.width - 1
        let text = text.isEmpty ? "" : lines.colours.faint(text.count <= width ? text : text.prefix(width - 1) + "…")
        state.withLock { state in
            guard state.footer != text else { return }
            state.footer = text
            write("\r\u{1B}[K\(text)")
        }
    }

    /// Columns of the terminal.
    private static var width: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func padded(_ seconds: Double) -> String {
        let text = "\(seconds)s"
        return String(repeating: " ", count: max(7 - text.count, 0)) + text
    }

    private func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(written, 0))
        }
    }
}

/// Colours by meaning; plain text where colour is not welcome.
struct Colours: Sendable {
    let areShown: Bool

    func good(_ text: String) -> String { paint(text, "32") }
    func bad(_ text: String) -> String { paint(text, "1;31") }
    func warning(_ text: String) -> String { paint(text, "33") }
    func strong(_ text: String) -> String { paint(text, "1") }
    func faint(_ text: String) -> String { paint(text, "2") }
    func accent(_ text: String) -> String { paint(text, "36") }

    private func paint(_ text: String, _ code: String) -> String {
        areShown ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
