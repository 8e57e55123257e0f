// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The schema of filters, which hold filters.
enum FilterSchema {
    static let key = "filter"
    private static let testKey = "filter-test"

    /// The definitions that ``key`` needs.
    static var definitions: [String: JSON] { [key: filter, testKey: test] }

    private static var filter: JSON {
        let inner = YAMLFormSchema.reference(key)
        let list: JSON = .object(["type": .string("array"), "items": inner, "minItems": .integer(1)])
        return one(
            ["all": list, "any": list, "not": inner],
            others: YAMLFormSchema.reference(testKey),
            "A condition: `all` or `any` of several, `not` one, or a field, a header or `type` with its test.")
    }

    private static var test: JSON {
        var tests: [String: JSON] = [:]
        for comparison in FilterWords.comparisons {
            tests[comparison.key] =
                switch comparison.operand {
                case .scalar, .text: scalar
                case .list: .object(["type": .string("array"), "items": scalar, "minItems": .integer(1)])
                case .nothing: .object(["const": .boolean(true)])
                }
        }
        return one(tests, others: .boolean(false), "One comparison with its value.")
    }

    private static var scalar: JSON {
        .object(["type": .array(["string", "number", "boolean"].map(JSON.string))])
    }

    /// A mapping with exactly one key.
    private static func one(_ properties: [String: JSON], others: JSON, _ description: String) -> JSON {
        .object([
            "type": .string("object"), "description": .string(description), "properties": .object(properties),
            "additionalProperties": others, "minProperties": .integer(1), "maxProperties": .integer(1),
        ])
    }
}
