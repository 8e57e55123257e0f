// SPDX-License-Identifier: Apache-2.0

/// Collects the members of a JSON object in the spelling of the language; nil values leave their key out.
struct ObjectBuilder {
    private(set) var members: [String: JSON] = [:]

    var json: JSON { .object(members) }

    mutating func set(_ key: String, _ value: JSON?) { if let value { members[key] = value } }
    mutating func set(_ key: String, _ value: String?) { set(key, value.map { .string($0) }) }
    mutating func set(_ key: String, _ value: Int?) { set(key, value.map { .integer(Int64($0)) }) }
    mutating func set(_ key: String, _ value: Duration?) { set(key, value?.weirText) }
    mutating func set(_ key: String, _ value: Rate?) { set(key, value?.description) }
    mutating func set(_ key: String, _ value: Ratio?) { set(key, value?.description) }
    mutating func set(_ key: String, _ value: Factor?) { set(key, value?.description) }
    mutating func set(_ key: String, _ value: QualifiedName?) { set(key, value?.description) }

    mutating func set(_ key: String, _ values: [OutcomeMatcher]) {
        set(key, JSON.array(values.map { .string($0.description) }))
    }

    mutating func set(_ key: String, _ values: [Duration]) {
        set(key, JSON.array(values.map { .string($0.weirText) }))
    }

    mutating func set(_ key: String, _ scope: ScopeKey?) {
        guard let scope else { return }
        set(key, JSON.object(["key": .string(scope.source.description), "most": .integer(Int64(scope.mostKeys))]))
    }

    /// A member that is an object of its own.
    mutating func set(_ key: String, _ fill: (inout ObjectBuilder) -> Void) {
        var inner = ObjectBuilder()
        fill(&inner)
        set(key, inner.json)
    }
}
