// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One of the two output streams: whether a person looks at it, how wide it is, and whether colour is welcome.
struct Terminal {
    /// The width that is assumed where nobody looks.
    static let widthWithoutTerminal = 100

    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    static let standardError = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32
    /// Whether the stream is a terminal.
    let isInteractive: Bool
    /// Whether to write ANSI colours: on a terminal, unless `NO_COLOR` is set; always where `FORCE_COLOR` is.
    let isColoured: Bool

    init(descriptor: Int32) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1
        isColoured = Self.wantsColour(isInteractive: isInteractive) { name in getenv(name).map { String(cString: $0) } }
    }

    /// The rule of NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and TERM; an empty variable counts as unset.
    static func wantsColour(isInteractive: Bool, environment: (String) -> String?) -> Bool {
        func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }
        if isSet("NO_COLOR") { return false }
        if isSet("FORCE_COLOR") { return environment("FORCE_COLOR") != "0" }
        if let force = environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
        return isInteractive && environment("TERM") != "dumb"
    }

    /// Columns of the terminal, ``widthWithoutTerminal`` where there is none.
    var width: Int {
        var size = winsize()
        guard isInteractive, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return Self.widthWithoutTerminal
        }
        return Int(size.ws_col)
    }

    /// Writes a text and a line end.
    func line(_ text: String) { write(text + "\n") }

    /// Writes a text whole.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes whole; stops quietly when the reader went away.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return
            }
        }
    }
}
