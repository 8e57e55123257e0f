// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Every flag has a twin in the environment: `WEIR_FAIL_ON=warning` is `--fail-on warning` for verbs that have it.
enum EnvironmentTwins {
    /// The options with a twin, and the verbs that take them.
    static let options: [(option: String, verbs: Set<String>)] = [
        ("--format", ["check"]), ("--fail-on", ["check"]), ("--env", ["check", "explain", "graph", "compile"]),
        ("--filter", ["test"]), ("--seed", ["test"]), ("--output", ["graph", "compile", "convert", "schema"]),
        ("--source-map", ["compile"]), ("--to", ["convert"]), ("--preset", ["init"]), ("--form", ["init"]),
        ("--on", ["graph"]),
        ("--stdin-path", ["check", "fmt", "convert", "test", "explain", "graph", "compile"]),
    ]

    /// The flags with a twin, which is on where it is `1`, `true` or `yes`.
    static let flags: [(flag: String, verbs: Set<String>)] = [
        ("--exit-zero", ["check"]), ("--show-info", ["check"]), ("--check", ["fmt"]), ("--diff", ["fmt"]),
        ("--trace", ["test"]), ("--verbose", ["test"]), ("--write", ["convert"]), ("--force", ["convert"]),
        ("--keywords", ["schema"]),
    ]

    /// The arguments with the twins of options that they leave out; an argument always wins over the environment.
    static func applied(
        to arguments: ArraySlice<String>,
        environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }
    ) -> [String] {
        var result = Array(arguments)
        guard let verb = arguments.first else { return result }
        for (option, verbs) in options where verbs.contains(verb) {
            let isGiven = arguments.contains { argument in
                argument == option || argument.hasPrefix(option + "=")
                    || (option == "--output" && argument.hasPrefix("-o"))
            }
            guard !isGiven, let value = environment(variable(for: option)), !value.isEmpty else { continue }
            result.insert(contentsOf: [option, value], at: 1)
        }
        for (flag, verbs) in flags where verbs.contains(verb) && !arguments.contains(flag) {
            guard let value = environment(variable(for: flag)), ["1", "true", "yes"].contains(value) else { continue }
            result.insert(flag, at: 1)
        }
        return result
    }

    /// `--fail-on` has the twin `WEIR_FAIL_ON`.
    static func variable(for option: String) -> String {
        "WEIR_" + option.drop { $0 == "-" }.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }
}
