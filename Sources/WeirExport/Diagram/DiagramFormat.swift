// SPDX-License-Identifier: Apache-2.0

/// The ways a diagram is written.
public enum DiagramFormat: String, Sendable, Hashable, CaseIterable {
    /// A flowchart for Markdown pages.
    case mermaid
    /// A digraph for Graphviz.
    case dot
    /// Nodes and edges for programs.
    case json
    /// A picture of its own.
    case svg
}

extension Diagram {
    /// The diagram in a format; ends with a line feed.
    public func text(_ format: DiagramFormat) -> String {
        switch format {
        case .mermaid: MermaidText.of(self)
        case .dot: DotText.of(self)
        case .json: json
        case .svg: SVGText.of(self)
        }
    }
}
