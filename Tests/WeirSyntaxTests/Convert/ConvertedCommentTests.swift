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
}
