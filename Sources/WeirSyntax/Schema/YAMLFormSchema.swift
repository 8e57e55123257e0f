// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// JSON Schema (2020-12) of policy files in YAML, made from the language table: what editors complete and underline.
///
/// A schema sees keys, shapes, the form of values and numbers out of bounds; names, days and meaning it does not.
public enum YAMLFormSchema {
    /// The schema; equal tables give equal schemas.
    public static var json: JSON {
        let schema = YAMLSchema.shared
        var definitions = FilterSchema.definitions
        for row in schema.rows { definitions[key(row.form)] = SchemaRow(row).json }
        for kind in BlockKind.allCases where kind.stepList != nil { definitions[stepsKey(kind)] = steps(of: kind) }
        return .object([
            "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
            "title": .string("Weir policy file"),
            "description": .string("A file `*.weir.yaml`; made from the language table by `weir schema`."),
            "type": .array([.string("object"), .string("null")]),
            "properties": .object(properties(of: .file)), "additionalProperties": .boolean(false),
            "$defs": .object(definitions),
        ])
    }

    /// The name of a statement's definition: its form in kebab case.
    public static func key(_ form: Form) -> String { "statement-" + kebabCase("\(form)") }

    static func reference(_ key: String) -> JSON { .object(["$ref": .string("#/$defs/\(key)")]) }

    private static func stepsKey(_ kind: BlockKind) -> String { "steps-" + kebabCase("\(kind)") }

    /// The keys that the statements of a block stand under.
    static func properties(of block: BlockKind) -> [String: JSON] {
        var properties: [String: JSON] = [:]
        for row in YAMLSchema.shared.rows where row.row.places.contains(block) {
            let node = reference(key(row.form))
            switch row.row.yaml.placement {
            case .key(let key): properties[key] = either(properties[key], node)
            case .list(let key): properties[key] = list(properties[key], node)
            case .named(let path, _):
                let parts = path.split(separator: ".").map(String.init)
                let section = named(row, node)
                properties[parts[0]] =
                    parts.count == 2 ? adding(parts[1], section, to: properties[parts[0]]) : section
            case .phrased(let key, _): properties[key] = phrased(row, node)
            case .step: break
            }
        }
        if let list = block.stepList { properties[list] = reference(stepsKey(block)) }
        return properties
    }

    private static func steps(of block: BlockKind) -> JSON {
        var steps: [String: JSON] = [:]
        for row in YAMLSchema.shared.rows where row.row.places.contains(block) {
            if case .step(let key) = row.row.yaml.placement { steps[key] = reference(self.key(row.form)) }
        }
        return .object([
            "type": .string("array"), "description": .string("Steps in order; the first is the outermost."),
            "items": .object([
                "type": .string("object"), "properties": .object(steps), "additionalProperties": .boolean(false),
                "minProperties": .integer(1), "maxProperties": .integer(1),
            ]),
        ])
    }

    private static func named(_ row: YAMLRow, _ node: JSON) -> JSON {
        var section: [String: JSON] = ["type": .string("object"), "additionalProperties": node]
        let name = row.namePlace.flatMap { ValueSchema.pattern(row.slots[$0]) }
        if let name { section["propertyNames"] = .object(["pattern": .string(name)]) }
        return .object(section)
    }

    private static func phrased(_ row: YAMLRow, _ node: JSON) -> JSON {
        .object([
            "type": .string("object"), "additionalProperties": node,
            "propertyNames": ValueSchema.phrase(row.phrase.map { row.slots[$0] }),
        ])
    }

    private static func list(_ known: JSON?, _ node: JSON) -> JSON {
        var items = node
        if case .object(let members)? = known, let other = members["items"] { items = either(other, node) }
        return .object(["type": .string("array"), "items": items])
    }

    /// A node for statements that share a key.
    private static func either(_ known: JSON?, _ node: JSON) -> JSON {
        guard let known else { return node }
        if case .object(let members) = known, case .array(let nodes)? = members["anyOf"] {
            return .object(["anyOf": .array(nodes + [node])])
        }
        return .object(["anyOf": .array([known, node])])
    }

    private static func adding(_ key: String, _ section: JSON, to known: JSON?) -> JSON {
        var sections: [String: JSON] = [:]
        if case .object(let members)? = known, case .object(let others)? = members["properties"] { sections = others }
        sections[key] = section
        return .object([
            "type": .string("object"), "properties": .object(sections), "additionalProperties": .boolean(false),
        ])
    }
}
