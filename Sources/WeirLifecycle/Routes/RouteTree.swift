// SPDX-License-Identifier: Apache-2.0

/// Templates of paths with values, found segment by segment; a written segment is tried before a parameter.
///
/// A class, so that handing it around counts one reference; immutable.
final class RouteTree<Value: Sendable>: Sendable {
    /// What stands where.
    struct Entry {
        let value: Value
        let method: String
        let template: String
    }

    /// What was found.
    struct Match {
        let value: Value
        /// The names of the parameters, and where their values stand.
        let names: [String]
        let arguments: [RequestPath.Segment]

        /// The values of the parameters as they were sent, by their names.
        func parameters(_ bytes: Span<UInt8>) -> [String: String] {
            guard !arguments.isEmpty else { return [:] }
            var parameters: [String: String] = [:]
            for place in 0..<min(names.count, arguments.count) {
                parameters[names[place]] = bytes.text(arguments[place].range)
            }
            return parameters
        }
    }

    private let index: PathIndex
    private let values: [Value]
    private let names: [[String]]

    /// - Parameter entries: a later one takes the place of an earlier one of the same method and path.
    init(_ entries: [Entry]) {
        var builder = PathIndexBuilder()
        names = entries.map { builder.insert($0.method, $0.template) }
        values = entries.map(\.value)
        index = builder.index
    }

    /// Whether nothing can be found.
    var isEmpty: Bool { values.isEmpty }

    /// The value for a method; `HEAD` is answered by `GET`.
    func match(_ method: String, _ bytes: Span<UInt8>, _ path: RequestPath, from start: Int) -> Match? {
        var arguments: [RequestPath.Segment] = []
        let place = index.find(PathIndex.Method(method), bytes, path, from: start, &arguments)
        return place < 0
            ? nil
            : Match(
                value: values[place], names: arguments.isEmpty ? [] : names[place], arguments: arguments)
    }

    /// Whether there is a value for a method.
    func has(_ method: String, _ bytes: Span<UInt8>, _ path: RequestPath, from start: Int) -> Bool {
        var arguments: [RequestPath.Segment] = []
        return index.find(PathIndex.Method(method), bytes, path, from: start, &arguments) >= 0
    }

    /// The methods that a path answers to, in order; `HEAD` where there is `GET`.
    func methods(_ bytes: Span<UInt8>, _ path: RequestPath, from start: Int) -> [String] {
        index.methods(bytes, path, from: start)
    }
}
