// SPDX-License-Identifier: Apache-2.0

extension AdaptiveLimitPolicy {
    func write(to adapt: inout ObjectBuilder) {
        adapt.set("by", algorithm.rawValue)
        adapt.set("least", least)
        adapt.set("most", most)
        adapt.set("sample") {
            $0.set("time", sampleTime)
            $0.set("at-least", sampleCalls)
        }
    }

    static func read(_ step: inout ObjectReader) throws(GraphReadError) -> AdaptiveLimitPolicy? {
        guard var adapt = try step.object("adapt") else { return nil }
        let algorithm = try adapt.required("by", "an algorithm") { $0.asWord(Algorithm.self) }
        let least = try adapt.required("least", "a number", \.asInteger)
        let most = try adapt.required("most", "a number", \.asInteger)
        var sample = try adapt.requiredObject("sample")
        let time = try sample.required("time", "a duration", \.asDuration)
        let calls = try sample.required("at-least", "a number", \.asInteger)
        try sample.finish()
        try adapt.finish()
        return try adapt.checked { () throws(InvalidValue) in
            try AdaptiveLimitPolicy(
                algorithm: algorithm, least: least, most: most, sampleTime: time, sampleCalls: calls)
        }
    }
}

extension PartitionPolicy {
    func write(to divide: inout ObjectBuilder) {
        divide.set("by", source.description)
        divide.set(
            "parts",
            JSON.array(
                parts.map { .object(["name": .string($0.name), "share": .string($0.share.description)]) }))
    }

    static func read(_ step: inout ObjectReader) throws(GraphReadError) -> PartitionPolicy? {
        guard var divide = try step.object("divide") else { return nil }
        let source = try divide.required("by", "a key") { $0.asString.flatMap { ScopeKey.Source(text: $0) } }
        var parts: [Part] = []
        for value in try divide.required("parts", "a list of parts", \.asArray) {
            var part = try ObjectReader(value, path: divide.path(of: "parts[\(parts.count)]"))
            let name = try part.required("name", "a text", \.asString)
            parts.append(Part(name: name, share: try part.required("share", "a percentage", \.asRatio)))
            try part.finish()
        }
        try divide.finish()
        return try divide.checked { () throws(InvalidValue) in try PartitionPolicy(source: source, parts: parts) }
    }
}
