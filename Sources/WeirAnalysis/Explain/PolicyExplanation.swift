// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A policy as it runs: each step with every value that holds, who set it, and what the whole may cost a caller.
public struct PolicyExplanation: Sendable {
    /// One line: its depth, its words, and where its value comes from.
    public struct Line: Sendable, Hashable {
        /// 0 for a step, 1 for a setting.
        public let depth: Int
        /// The words of the language.
        public let text: String
        /// The layer that set the value, with its place.
        public let origin: String
        /// Whether the engine's own default holds.
        public let isDefault: Bool
    }

    /// The policy.
    public let name: QualifiedName
    /// Where it is declared.
    public let place: SourcePlace?
    /// The calls that run through it, as `caller → callee`.
    public let usedBy: [String]
    /// The steps, outermost first, and their settings.
    public let lines: [Line]
    /// What a call may take at most, as an equation, and what follows from it.
    public let worstCase: [String]
    /// The worst case drawn to scale; empty where nothing bounds it.
    public let timeline: [String]

    /// Explains a policy of a graph; the drawing takes at most `width` columns.
    public init(_ policy: ResolvedPolicy, in graph: PolicyGraph, width: Int = 60) {
        name = policy.name
        place = policy.place
        usedBy = graph.operations.flatMap { operation in
            operation.calls.filter { $0.policy == policy.name }.map { "\(operation.name) → \($0.callee)" }
        }
        lines = policy.steps.flatMap(Self.lines)
        let drawn = Timeline(policy.steps)
        worstCase = WorstCaseWords.lines(WorstCase(policy.steps), drawn)
        timeline = drawn.map { $0.drawing(width: width) + [$0.segments.map(\.words).joined(separator: " · ")] } ?? []
    }

    private static func lines(_ step: PipelineStep) -> [Line] {
        let words = StepWords(step)
        var taken: [String: Int] = [:]
        func line(_ depth: Int, _ text: String, _ key: String) -> Line {
            // A setting that repeats, such as `trip`, has an origin for each of its statements.
            let origins = step.origins.filter { $0.setting == key }
            let origin = origins.dropFirst(taken[key, default: 0]).first ?? origins.last
            taken[key, default: 0] += 1
            return Line(
                depth: depth, text: text, origin: OriginWords.text(origin, step: step),
                isDefault: depth > 0 && (origin == nil || origin?.layer == .engine))
        }
        return [line(0, words.head, words.headKey)] + words.watching(step).map { line(1, $0.text, $0.key) }
    }
}
