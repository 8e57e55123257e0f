// SPDX-License-Identifier: Apache-2.0

/// Mistakes that only YAML, or the way in which YAML says things, can have.
enum YAMLMistakes {
    typealias Mistake = YAMLReaderTests.Mistake

    static let all = keys + shapes + slots + values

    static let keys = [
        Mistake(
            marked: "‹polices›: {}\n", code: "S007", message: "`polices` is not a key of a policy file",
            help: "did you mean `policies`?", mended: "policies: {}\n"),
        Mistake(
            marked: step("retry: { attempts: 3, wait: { ‹frist›: 50ms } }"), code: "S007",
            message: "`frist` is not a key of `wait`", help: "did you mean `first`?",
            mended: step("retry: { attempts: 3, wait: { first: 50ms } }")),
        Mistake(
            marked: step("‹wait›: { first: 50ms }"), code: "S007", message: "`wait` is not a key of `steps`",
            help: "`wait` belongs under `retry`, `limit` or `limits`"),
        Mistake(
            marked: "policies: { a: { ‹retry›: { attempts: 3 } } }\n", code: "S007",
            message: "`retry` is not a key of `a`", help: "`retry` belongs under `steps`, `insert` or `defaults`"),
        Mistake(
            marked: step("remove: { step: retry, ‹colour›: red }"), code: "S007",
            message: "`colour` is not a key of `remove`", help: "the keys here are `description`, `step` and `shared`"),
        Mistake(
            marked: step("retry: { attempts: 3, ‹attempts›: 4 }"), code: "S008",
            message: "`attempts` stands twice in one mapping", help: "keep one of them"),
    ]

    static let shapes = [
        Mistake(marked: "‹[›1, 2]\n", code: "S010", message: "a policy file is a mapping, found a list"),
        Mistake(
            marked: "policies: ‹[›a]\n", code: "S010", message: "`policies` takes a mapping by name here, found a list"),
        Mistake(
            marked: "policies: { ‹a›: }\n", code: "S010", message: "`a` takes a mapping here, found nothing",
            help: "the keys of the mapping are `was`, `extends`, `allow` and `steps`"),
        Mistake(
            marked: "policies: { a: { steps: ‹{› deadline: 2s } } }\n", code: "S010",
            message: "`steps` takes a list of steps here, found a mapping", help: "begin each step with `- `"),
        Mistake(
            marked: step("retry: { attempts: 3, wait: ‹[›50ms] }"), code: "S010",
            message: "`wait` takes a mapping here, found a list",
            help: "the keys of the mapping are `first`, `growing`, `growing-by`, `up-to` and `jitter`"),
        Mistake(
            marked: step("deadline: ‹[›2s]"), code: "S010",
            message: "`deadline` takes one value or a mapping here, found a list"),
        Mistake(
            marked: step("breaker: { trip: ‹{› failing: 50% } }"), code: "S010",
            message: "`trip` takes a list here, found a mapping", help: "put it in brackets",
            mended: step("breaker: { trip: [{ failing: 50% }] }")),
        Mistake(
            marked: step("breaker: { trip: [‹50%›] }"), code: "S010",
            message: "each entry of `trip` is a mapping, found `50%`",
            help: "the keys of the mapping are `failing`, `share`, `slower-than`, `failures-in-a-row` and `failures`"),
        Mistake(
            marked: "use: ‹shop.platform›\n", code: "S010", message: "`use` takes a list here, found `shop.platform`",
            help: "put it in brackets", mended: "use: [shop.platform]\n"),
        Mistake(
            marked: step("‹breaker›"), code: "S010",
            message: "each step of `steps` is a mapping with one key, found `breaker` alone",
            help: "write `breaker: …`, or `breaker: {}` for a step without settings"),
        Mistake(
            marked: "policies:\n  a:\n    steps:\n      - retry:\n        ‹attempts›: 3\n", code: "S010",
            message: "a step has one key, and `attempts` is a second one", help: "indent `attempts` below `retry`"),
        Mistake(
            marked: step("retry: ‹3›"), code: "S010",
            message: "`retry` takes the name of a shared retry here, or a mapping, found `3`",
            help: "write it as a mapping", mended: step("retry: { attempts: 3 }")),
        Mistake(
            marked: step("limit: ‹200/s›"), code: "S010",
            message: "`limit` takes the name of a shared limit here, or a mapping, found `200/s`",
            help: "write it as a mapping", mended: step("limit: { rate: 200/s }")),
        Mistake(
            marked: operation("idempotent: ‹yes›"), code: "S010",
            message: "`idempotent` takes `true`, `false` or a mapping here, found `yes`", help: "write `true`",
            mended: operation("idempotent: true")),
        Mistake(
            marked: step("fallback: { to: ‹nothing› }"), code: "S010",
            message: "`to` takes `cached` or a mapping here, found `nothing`",
            help: "the keys of the mapping are `cached`, `call`, `using`, `value`, `status` and `handler`"),
        Mistake(
            marked: "edition: ‹{› a: 1 }\n", code: "S010", message: "`edition` takes one value here, found a mapping"),
    ]

    static let slots = [
        Mistake(
            marked: step("‹hedge›: { after: 90ms }"), code: "S002", message: "`hedge` has no `calls`",
            help: "add `calls`"),
        Mistake(
            marked: step("breaker: { trip: [‹{›}] }"), code: "S002",
            message: "`trip` has no `failing`, `failures-in-a-row` or `failures`",
            help: "add `failing`, `failures-in-a-row` or `failures`"),
        Mistake(
            marked: step("breaker: { trip: [‹{› share: 80% }] }"), code: "S002", message: "`trip` has no `slower-than`",
            help: "add `slower-than`"),
        Mistake(
            marked: step("retry: { unlimited: true, ‹attempts›: 3 }"), code: "S001",
            message: "`attempts` and `unlimited` exclude each other in `retry`"),
        Mistake(
            marked: step("fallback: { to: { status: 503, ‹value›: x } }"), code: "S001",
            message: "`value` and `status` exclude each other in `fallback`"),
        Mistake(
            marked: step("‹fallback›: { when: [open] }"), code: "S002",
            message: "`fallback` has no `cached`, `call`, `value`, `status` or `handler`",
            help: "add `cached`, `call`, `value`, `status` or `handler`"),
    ]

    static let values = [
        Mistake(
            marked: step("deadline: ‹2›"), code: "S003", message: "`deadline` needs a duration, and `2` has no unit",
            help: "did you mean `2s`?", mended: step("deadline: 2s")),
        Mistake(
            marked: step("deadline: ‹5 s›"), code: "S004", message: "`5 s` has a space before its unit",
            help: "write `5s`", mended: step("deadline: 5s")),
        Mistake(
            marked: step("deadline: ‹soon›"), code: "S002", message: "`deadline` needs a duration, found `soon`"),
        Mistake(
            marked: step("deadline: ‹5sec›"), code: "S014", message: "`5sec` is not a duration",
            help: "did you mean `5s`?", mended: step("deadline: 5s")),
        Mistake(
            marked: step("retry: { attempts: ‹0› }"), code: "S013", message: "`0` is below the smallest value here, 1"),
        Mistake(
            marked: step("retry: { attempts: 3, when: [timeout, ‹refuzed›] }"), code: "S002",
            message: "`when` needs an outcome, found `refuzed`", help: "did you mean `refused`?",
            mended: step("retry: { attempts: 3, when: [timeout, refused] }")),
        Mistake(
            marked: step("fallback: { to: { status: ‹99› } }"), code: "S013",
            message: "`99` is below the smallest value here, 100"),
        Mistake(
            marked: "allow: [{ rules: [a], because: b, until: ‹2026-02-30› }]\n", code: "S009",
            message: "`2026-02-30` is a day that no calendar has"),
    ]

    private static func step(_ text: String) -> String { "policies:\n  a:\n    steps:\n      - \(text)\n" }

    private static func operation(_ text: String) -> String {
        "services: { s: { operations: { o: { \(text) } } } }\n"
    }
}
