// SPDX-License-Identifier: Apache-2.0

import WeirAnalysis

/// Lays explanations out for a terminal: values on the left, who set them on the right, defaults faint.
struct ExplanationText {
    let style: Style
    let width: Int

    /// How wide a timeline may be.
    var drawingWidth: Int { min(max(width - 4, 20), 72) }

    func policy(_ policy: PolicyExplanation) -> String {
        var text = style.strong("policy \(policy.name)") + (policy.place.map { style.faint("  \($0)") } ?? "") + "\n"
        for use in policy.usedBy { text += "  used by \(use)\n" }
        text += "\n"
        let column = min((policy.lines.map { $0.text.count + 2 * $0.depth }.max() ?? 0) + 4, 72)
        for line in policy.lines {
            let indent = String(repeating: " ", count: 2 + 2 * line.depth)
            let padding = String(repeating: " ", count: max(column - line.text.count - 2 * line.depth, 2))
            let words = line.depth == 0 ? style.accent(line.text) : line.text
            text +=
                indent + (line.isDefault ? style.faint(line.text) : words) + padding + style.faint(line.origin) + "\n"
        }
        text += "\n" + style.strong("worst case") + "\n"
        for line in policy.worstCase { text += "  \(line)\n" }
        if !policy.timeline.isEmpty {
            text += "\n" + style.strong("timeline") + "\n"
            for line in policy.timeline { text += "  \(line)\n" }
        }
        return text
    }

    func operation(_ operation: OperationExplanation) -> String {
        var text = style.strong("operation \(operation.name)") + "\n"
        for fact in operation.facts { text += "  \(fact)\n" }
        func section(_ title: String, _ lines: [String]) {
            guard !lines.isEmpty else { return }
            text += "\n" + style.strong(title) + "\n"
            for line in lines { text += "  \(line)\n" }
        }
        section("calls", operation.calls)
        section("called by", operation.callers)
        return text
    }
}
