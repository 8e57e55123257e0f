// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A filter compiled for evaluation: its tests in a row, each with the place to go on at when it holds and when it does not.
public struct CompiledFilter: Sendable {
    private struct Step {
        let test: Filter.Test
        let whenTrue: Int
        let whenFalse: Int
    }

    private static let accepted = -1
    private static let refused = -2

    private var steps: [Step] = []
    private var start = CompiledFilter.accepted

    /// Compiles a filter; its size is that of the filter.
    public init(_ filter: Filter) {
        start = add(filter, whenTrue: Self.accepted, whenFalse: Self.refused)
    }

    /// Whether the filter holds of an event; each of its tests is looked at once at most.
    public func matches(_ event: some FilterableEvent) -> Bool {
        var place = start
        while place >= 0 { place = steps[place].test.matches(event) ? steps[place].whenTrue : steps[place].whenFalse }
        return place == Self.accepted
    }

    /// Adds what decides a filter; the place at which that begins.
    private mutating func add(_ filter: Filter, whenTrue: Int, whenFalse: Int) -> Int {
        switch filter {
        case .test(let test):
            steps.append(Step(test: test, whenTrue: whenTrue, whenFalse: whenFalse))
            return steps.count - 1
        case .not(let part): return add(part, whenTrue: whenFalse, whenFalse: whenTrue)
        case .all(let parts):
            return parts.reversed().reduce(whenTrue) { add($1, whenTrue: $0, whenFalse: whenFalse) }
        case .any(let parts):
            return parts.reversed().reduce(whenFalse) { add($1, whenTrue: whenTrue, whenFalse: $0) }
        }
    }
}
