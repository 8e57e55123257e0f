// SPDX-License-Identifier: Apache-2.0

extension PolicyGraph {
    /// The version of the format that ``canonicalJSON`` writes.
    ///
    /// What is new in a version may be missing in the ones before it; all from 1 on are read.
    public static let formatVersion = 2

    /// The graph as canonical JSON: every setting explicit, no places, equal bytes for equal graphs.
    ///
    /// The time to write it is linear in its size; it is made anew at each call.
    public var canonicalJSON: [UInt8] {
        var document = ObjectBuilder()
        document.set("format", Self.formatVersion)
        document.set("environment", environment)
        document.set("services", JSON.object(Self.named(services) { ($0.name, $0.json) }))
        document.set("operations", JSON.object(Self.named(operations) { ($0.name, $0.json) }))
        document.set(
            "policies",
            JSON.object(
                Self.named(policies) { ($0.name, .object(["steps": .array($0.steps.map(\.json))])) }))
        if !apis.isEmpty { document.set("apis", JSON.object(Self.named(apis) { ($0.name, $0.json) })) }
        if !renames.isEmpty { document.set("renames", JSON.array(renames.map(\.json))) }
        if !topology.isEmpty { document.set("topology", topology.json) }
        return document.json.canonicalBytes
    }

    /// The graph that ``canonicalJSON`` describes, equal to the one that was written; a source map gives it its places.
    /// - Throws: ``GraphReadError`` when the text is no such document: not JSON, another format, a key that is missing
    ///   or has no meaning, a value of the wrong type or out of bounds.
    public init(canonicalJSON bytes: some Collection<UInt8>, places: SourceMap? = nil) throws(GraphReadError) {
        var document = try ObjectReader.document(bytes, formats: 1...Self.formatVersion)
        let environment = try document.optional("environment", "a name", \.asString)
        let services = try Self.read(&document, "services") { (reader, name) throws(GraphReadError) in
            try ServiceNode(&reader, name: QualifiedName(full: name))
        }
        let operations = try Self.read(&document, "operations") { (reader, name) throws(GraphReadError) in
            try OperationNode(&reader, name: QualifiedName(operation: name))
        }
        let policies = try Self.read(&document, "policies") { (reader, name) throws(GraphReadError) in
            try ResolvedPolicy(&reader, name: QualifiedName(full: name), places: places)
        }
        let apis = try Self.readOptional(&document, "apis") { (reader, name) throws(GraphReadError) in
            try ApiNode(&reader, name: QualifiedName(full: name))
        }
        let topology = try document.take("topology").map { (value) throws(GraphReadError) in
            try EventTopology(value, path: "topology")
        }
        var renames: [Rename] = []
        for value in try document.optional("renames", "a list of renames", \.asArray) ?? [] {
            renames.append(try Rename(value, path: "renames[\(renames.count)]"))
        }
        try document.finish()
        self.init(
            environment: environment, services: services, operations: operations, policies: policies, apis: apis,
            topology: topology ?? .empty, renames: renames)
    }

    private static func named<Part>(_ parts: [Part], _ member: (Part) -> (QualifiedName, JSON)) -> [String: JSON] {
        var members: [String: JSON] = [:]
        members.reserveCapacity(parts.count)
        for part in parts {
            let (name, json) = member(part)
            members[name.description] = json
        }
        return members
    }

    private static func read<Part>(
        _ document: inout ObjectReader, _ key: String,
        _ make: (inout ObjectReader, String) throws(GraphReadError) -> Part
    ) throws(GraphReadError) -> [Part] {
        try parts(try document.requiredObject(key), make)
    }

    /// A section that graphs without such parts, and older formats, do not have.
    private static func readOptional<Part>(
        _ document: inout ObjectReader, _ key: String,
        _ make: (inout ObjectReader, String) throws(GraphReadError) -> Part
    ) throws(GraphReadError) -> [Part] {
        guard let list = try document.object(key) else { return [] }
        return try parts(list, make)
    }

    private static func parts<Part>(
        _ list: ObjectReader, _ make: (inout ObjectReader, String) throws(GraphReadError) -> Part
    ) throws(GraphReadError) -> [Part] {
        var list = list
        var parts: [Part] = []
        for (name, value) in list.takeAll() {
            var reader = try ObjectReader(value, path: list.path(of: name))
            parts.append(try make(&reader, name))
            try reader.finish()
        }
        return parts
    }
}

extension ObjectReader {
    /// A document's outermost object, when it has one of the formats that are read here.
    static func document(_ bytes: some Collection<UInt8>, formats: ClosedRange<Int>) throws(GraphReadError)
        -> ObjectReader
    {
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw GraphReadError(code: .json, path: "", message: error.description)
        }
        var document = try ObjectReader(json, path: "")
        let found = try document.required("format", "a number", \.asInteger)
        guard formats.contains(found) else {
            let known =
                formats.count == 1
                ? "only format \(formats.lowerBound) is"
                : "only formats \(formats.lowerBound) to \(formats.upperBound) are"
            throw GraphReadError(
                code: .format, path: "format", message: "this is format \(found), and \(known) read")
        }
        return document
    }
}

extension ResolvedPolicy {
    init(_ reader: inout ObjectReader, name: QualifiedName, places: SourceMap?) throws(GraphReadError) {
        let values = try reader.required("steps", "a list of steps", \.asArray)
        let known = places?.policies[name]
        var steps: [PipelineStep] = []
        for (index, value) in values.enumerated() {
            let step = try PipelineStep(value, path: "\(reader.path(of: "steps"))[\(index)]")
            let facts = known.flatMap { index < $0.steps.count ? $0.steps[index] : nil }
            steps.append(
                PipelineStep(
                    step.policy, shared: step.shared, mode: step.mode, adoptsShadow: step.adoptsShadow,
                    place: facts?.place, origins: facts?.origins ?? []))
        }
        self = try reader.checked { () throws(InvalidValue) in
            try ResolvedPolicy(name: name, steps: steps, place: known?.place)
        }
    }
}

extension QualifiedName {
    /// Splits a full name before its last part.
    init(full text: String) {
        if let dot = text.lastIndex(of: ".") {
            self.init(package: String(text[..<dot]), name: String(text[text.index(after: dot)...]))
        } else {
            self.init(package: "", name: text)
        }
    }

    /// Splits an operation's full name before its last two parts.
    init(operation text: String) {
        let service = QualifiedName(full: text)
        guard !service.package.isEmpty else {
            self = service
            return
        }
        let package = QualifiedName(full: service.package)
        self.init(package: package.package, name: "\(package.name).\(service.name)")
    }
}
