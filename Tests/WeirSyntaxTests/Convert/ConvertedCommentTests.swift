// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct ConvertedCommentTests {
    /// Found by mutants.
    @Test(arguments: [
        "defaults {\n  bulkhead {\n    queue 20 for up to 50ms\n  }\n  # at its end\n}\n\npolicy a {\n  timeout 1s\n}\n",
        "policy a {\n  timeout 1s\n  # at its end\n}\n\ntest \"a\" {\n  when 1 call to b every 1s\n}\n",
        "test \"a\" {  # behind it\n  when 1 call to b every 1s\n}\n",
        "# above\ntest \"a\" {  # behind it\n  # inside\n  when 1 call to b every 1s  # behind the inner\n  # at its end\n}\n",
        "policy a {\n  retry up to 3 attempts {  # behind it\n    wait 1s  # behind the wait\n  }\n}\n",
    ]) func `a comment comes back to its place`(text: String) throws {
        let file = SourceFile(path: "a.weir", form: .weir, text: text)
        let yaml = try ConverterTests.converted(file, to: .yaml)
        let back = try ConverterTests.converted(yaml, to: .weir)
        #expect(back.bytes == file.bytes)
        #expect(try ConverterTests.converted(back, to: .yaml).bytes == yaml.bytes)
    }

    /// Found by mutants.
    @Test(arguments: [
        "edition: 1\npackage: shop\n  # Sections.\nlet:\n  wait: 2s\n",
        "policies:\n  a:\n    steps:\n      - timeout: 1s\n          # Below a step.\n  b:\n    steps:\n      - timeout: 2s\n",
        "policies:\n  a:\n    steps:\n      - retry:\n      ## Of the retry.\n          attempts: 3\n          when: [\n            timeout,  # a\n          ]\n",
        "##package: shop\nlet:\n  ##wait: 1s\n  rest: 2s\n",
        "tests:\n  - name: a  # behind it\n    when:\n      - { calls: 1, to: b, every: 1s }\n",
    ]) func `a comment of YAML stays at its statement from the first conversion on`(text: String) throws {
        let file = SourceFile(path: "a.weir.yaml", form: .yaml, text: text)
        let weir = try ConverterTests.converted(file, to: .weir)
        let back = try ConverterTests.converted(weir, to: .yaml)
        #expect(try ConverterTests.converted(back, to: .weir).bytes == weir.bytes)
    }
}
