// SPDX-License-Identifier: Apache-2.0

/// One policy file's bytes and the path people know it by.
public struct SourceFile: Sendable {
    /// The two ways a policy file may be written.
    public enum Form: Sendable, Hashable {
        /// The language's own text, `*.weir`.
        case weir
        /// The YAML twin, `*.weir.yaml` or `*.weir.yml`.
        case yaml

        /// The form that a path's ending says, nil when it is no policy file.
        public init?(path: some StringProtocol) {
            if path.hasSuffix(".weir") {
                self = .weir
            } else if path.hasSuffix(".weir.yaml") || path.hasSuffix(".weir.yml") {
                self = .yaml
            } else {
                return nil
            }
        }
    }

    /// The path relative to the workspace root, with `/` between its parts.
    public let path: String
    /// How it is written.
    public let form: Form
    /// The file's bytes as read, nothing normalised.
    public let bytes: [UInt8]

    /// A file by path, form and bytes.
    public init(path: String, form: Form, bytes: [UInt8]) {
        self.path = path
        self.form = form
        self.bytes = bytes
    }

    /// A file from text.
    public init(path: String, form: Form, text: String) {
        self.init(path: path, form: form, bytes: Array(text.utf8))
    }
}

extension SourceFile: CustomStringConvertible {
    /// The path, for messages about a file; its text would drown them.
    public var description: String { path }
}
