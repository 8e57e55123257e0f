// SPDX-License-Identifier: Apache-2.0

extension SourceMap.PolicyPlaces {
    var json: JSON {
        var policy = ObjectBuilder()
        policy.set("at", place?.description)
        policy.set("steps", JSON.array(steps.map(\.json)))
        return policy.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var policy = try ObjectReader(value, path: path)
        place = try SourcePlace.read(&policy)
        var steps: [SourceMap.StepPlaces] = []
        for value in try policy.required("steps", "a list of steps", \.asArray) {
            steps.append(try SourceMap.StepPlaces(value, path: policy.path(of: "steps[\(steps.count)]")))
        }
        self.steps = steps
        try policy.finish()
    }
}

extension SourceMap.StepPlaces {
    var json: JSON {
        var step = ObjectBuilder()
        step.set("at", place?.description)
        step.set("settings", JSON.array(origins.map(\.json)))
        return step.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var step = try ObjectReader(value, path: path)
        place = try SourcePlace.read(&step)
        var origins: [SettingOrigin] = []
        for value in try step.required("settings", "a list of settings", \.asArray) {
            origins.append(try SettingOrigin(value, path: step.path(of: "settings[\(origins.count)]")))
        }
        self.origins = origins
        try step.finish()
    }
}

extension SettingOrigin {
    var json: JSON {
        var origin = ObjectBuilder()
        origin.set("setting", setting)
        origin.set("layer", layer.json)
        origin.set("at", place?.description)
        return origin.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var origin = try ObjectReader(value, path: path)
        let setting = try origin.required("setting", "a text", \.asString)
        var layer = try origin.requiredObject("layer")
        let winner = try Layer(&layer)
        try layer.finish()
        let place = try SourcePlace.read(&origin)
        try origin.finish()
        self.init(setting: setting, layer: winner, place: place)
    }
}

extension Layer {
    var json: JSON {
        switch self {
        case .engine: .object(["engine": .boolean(true)])
        case .defaults(let package): .object(["defaults": .string(package)])
        case .shared(let name): .object(["shared": .string(name.description)])
        case .policy(let name): .object(["policy": .string(name.description)])
        case .environment(let name): .object(["environment": .string(name)])
        }
    }

    init(_ layer: inout ObjectReader) throws(GraphReadError) {
        if let package = try layer.optional("defaults", "a package", \.asString) {
            self = .defaults(package: package)
        } else if let name = try layer.optional("shared", "a name", \.asString) {
            self = .shared(QualifiedName(full: name))
        } else if let name = try layer.optional("policy", "a name", \.asString) {
            self = .policy(QualifiedName(full: name))
        } else if let name = try layer.optional("environment", "a name", \.asString) {
            self = .environment(name)
        } else {
            _ = try layer.required("engine", "`true`", \.asBoolean)
            self = .engine
        }
    }
}

extension SourcePlace {
    /// Reads the member `at`, written as `file:line:column`; a file's name may hold colons.
    static func read(_ reader: inout ObjectReader) throws(GraphReadError) -> SourcePlace? {
        try reader.optional("at", "a place such as `a.weir:3:1`") { value in
            guard let parts = value.asString?.split(separator: ":", omittingEmptySubsequences: false), parts.count >= 3,
                let line = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1])
            else { return nil }
            return SourcePlace(file: parts.dropLast(2).joined(separator: ":"), line: line, column: column)
        }
    }
}
