// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The longest way a call can take through a pipeline, drawn to scale: waits, attempts, and where the deadline cuts.
struct Timeline {
    /// One stretch of it.
    struct Segment: Equatable {
        /// What happens meanwhile.
        enum Kind: Equatable {
            /// Waiting for a place or a turn.
            case queue
            /// An attempt, counted from 1.
            case attempt(Int)
            /// The wait before the next attempt.
            case wait
        }

        let kind: Kind
        let length: Duration
    }

    /// More attempts than this are summed up instead of drawn.
    static let mostAttempts = 12

    let segments: [Segment]
    let deadline: Duration?

    /// The worst case of a pipeline; nil where nothing bounds an attempt, or where there is too much to draw.
    init?(_ steps: [PipelineStep]) {
        var deadline: Duration?
        var outside: Duration = .zero
        var inside: Duration = .zero
        var retry: RetryPolicy?
        var attempt: Duration?
        for step in steps {
            switch step.policy {
            case .deadline(let policy): deadline = min(deadline ?? policy.total, policy.total)
            case .timeout(let policy): attempt = min(attempt ?? policy.limit, policy.limit)
            case .retry(let policy): retry = policy
            case .limit(let policy): if retry == nil { outside += policy.maxWait } else { inside += policy.maxWait }
            case .bulkhead(let policy) where policy.queue > 0:
                guard let wait = policy.maxWait else { continue }
                if retry == nil { outside += wait } else { inside += wait }
            default: break
            }
        }
        let attempts = retry.map(\.attempts) ?? 1
        guard let attempt, let attempts, attempts <= Self.mostAttempts else { return nil }
        let waits = retry?.longestWaits ?? []
        var segments: [Segment] = outside > .zero ? [Segment(kind: .queue, length: outside)] : []
        for number in 1...attempts {
            if inside > .zero { segments.append(Segment(kind: .queue, length: inside)) }
            segments.append(Segment(kind: .attempt(number), length: attempt))
            guard number < attempts, number <= waits.count else { continue }
            segments.append(Segment(kind: .wait, length: waits[number - 1]))
        }
        self.segments = segments
        self.deadline = deadline
    }

    /// The end of the last stretch.
    var total: Duration { segments.reduce(.zero) { $0 + $1.length } }

    /// The attempts that cannot start before the deadline.
    var deadAttempts: [Int] {
        guard let deadline else { return [] }
        var start: Duration = .zero
        return segments.compactMap { segment in
            defer { start += segment.length }
            guard case .attempt(let number) = segment.kind, start >= deadline else { return nil }
            return number
        }
    }

    /// The drawing, at most so many columns wide, then a line for each stretch.
    func drawing(width: Int) -> [String] {
        let end = max(total, deadline ?? .zero)
        guard end > .zero else { return [] }
        let columns = max(width, 20)
        func column(_ time: Duration) -> Int { Int((time / end * Double(columns)).rounded()) }
        var bar = ""
        var start: Duration = .zero
        for segment in segments {
            let length = max(column(start + segment.length) - column(start), 1)
            bar += String(repeating: segment.mark, count: length)
            start += segment.length
        }
        guard let deadline else { return [bar] }
        let cut = column(deadline)
        let marker =
            String(repeating: " ", count: max(min(cut, bar.count + columns) - 1, 0)) + "↑ deadline \(deadline.weirText)"
        return [bar, marker]
    }
}

extension Timeline.Segment {
    /// The character that draws it.
    var mark: String {
        switch kind {
        case .queue: "░"
        case .attempt: "█"
        case .wait: "·"
        }
    }

    /// The stretch in words.
    var words: String {
        switch kind {
        case .queue: "wait for a place \(length.weirText)"
        case .attempt(let number): "attempt \(number) \(length.weirText)"
        case .wait: "wait \(length.weirText)"
        }
    }
}
