// SPDX-License-Identifier: Apache-2.0

extension ApiVersionNode {
    var json: JSON {
        var version = ObjectBuilder()
        version.set("version", self.version.description)
        version.set("extends", extends?.description)
        version.set("released", dates.released?.description)
        version.set("announced", dates.announced?.description)
        version.set("deprecated", dates.deprecated?.description)
        version.set("sunset", dates.sunset?.description)
        version.set("removed", dates.removed?.description)
        version.set("stability", stability.rawValue)
        version.set("successor", successor?.description)
        version.set("guide", guide)
        version.set("reason", reason)
        version.set("brownouts", JSON.array(brownouts.map(\.json)))
        version.set("grace", JSON.object(Dictionary(grace.map { ($0.consumer, .string($0.until.description)) }) { $1 }))
        version.set("after-sunset-replies", afterSunset)
        version.set("emergency", emergency)
        version.set("routes", JSON.array(routes.map(\.json)))
        return version.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var reader = try ObjectReader(value, path: path)
        let version = try reader.required("version", "a version", \.asVersion)
        let extends = try reader.optional("extends", "a version", \.asVersion)
        var dates = Dates()
        dates.released = try reader.optional("released", "an instant", \.asInstant)
        dates.announced = try reader.optional("announced", "an instant", \.asInstant)
        dates.deprecated = try reader.optional("deprecated", "an instant", \.asInstant)
        dates.sunset = try reader.optional("sunset", "an instant", \.asInstant)
        dates.removed = try reader.optional("removed", "an instant", \.asInstant)
        let stability = try reader.required("stability", "`preview` or `stable`") { $0.asWord(Stability.self) }
        let successor = try reader.optional("successor", "a version", \.asVersion)
        let guide = try reader.optional("guide", "a text", \.asString)
        let reason = try reader.optional("reason", "a text", \.asString)
        var brownouts: [Brownout] = []
        for value in try reader.required("brownouts", "a list of brownouts", \.asArray) {
            brownouts.append(try Brownout(value, path: reader.path(of: "brownouts[\(brownouts.count)]")))
        }
        var grace: [Grace] = []
        var list = try reader.requiredObject("grace")
        for (consumer, value) in list.takeAll() {
            guard let until = value.asInstant else {
                throw GraphReadError(code: .value, path: list.path(of: consumer), message: "an instant is due here")
            }
            grace.append(Grace(consumer: consumer, until: until))
        }
        let afterSunset = try reader.required("after-sunset-replies", "a number", \.asInteger)
        let emergency = try reader.optional("emergency", "a text", \.asString)
        var routes: [ApiRouteNode] = []
        for value in try reader.required("routes", "a list of routes", \.asArray) {
            routes.append(try ApiRouteNode(value, path: reader.path(of: "routes[\(routes.count)]")))
        }
        try reader.finish()
        self.init(
            version: version, extends: extends, dates: dates, stability: stability, successor: successor,
            guide: guide, reason: reason, brownouts: brownouts, grace: grace, afterSunset: afterSunset,
            emergency: emergency, routes: routes)
    }
}

extension ApiVersionNode.Brownout {
    fileprivate var json: JSON {
        .object([
            "at": .string(start.description), "for": .string(duration.weirText), "status": .integer(Int64(status)),
        ])
    }

    fileprivate init(_ value: JSON, path: String) throws(GraphReadError) {
        var reader = try ObjectReader(value, path: path)
        let start = try reader.required("at", "an instant", \.asInstant)
        let duration = try reader.required("for", "a duration", \.asDuration)
        let status = try reader.required("status", "a number", \.asInteger)
        try reader.finish()
        self.init(start: start, duration: duration, status: status)
    }
}

extension ApiRouteNode {
    fileprivate var json: JSON {
        var route = ObjectBuilder()
        route.set("method", method)
        route.set("path", path)
        route.set("to", operation)
        route.set("deprecated", deprecated?.description)
        route.set("sunset", sunset?.description)
        route.set("successor", successor)
        route.set("guide", guide)
        route.set("reason", reason)
        return route.json
    }

    fileprivate init(_ value: JSON, path: String) throws(GraphReadError) {
        var reader = try ObjectReader(value, path: path)
        let method = try reader.required("method", "a method", \.asString)
        let route = try reader.required("path", "a path", \.asString)
        let operation = try reader.required("to", "a name", \.asString)
        let deprecated = try reader.optional("deprecated", "an instant", \.asInstant)
        let sunset = try reader.optional("sunset", "an instant", \.asInstant)
        let successor = try reader.optional("successor", "a text", \.asString)
        let guide = try reader.optional("guide", "a text", \.asString)
        let reason = try reader.optional("reason", "a text", \.asString)
        try reader.finish()
        self.init(
            method: method, path: route, operation: QualifiedName(operation: operation), deprecated: deprecated,
            sunset: sunset, successor: successor, guide: guide, reason: reason)
    }
}
