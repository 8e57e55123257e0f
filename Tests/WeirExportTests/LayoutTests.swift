// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirExport

@Suite struct LayoutTests {
    /// Services that call services further on, and now and then one before.
    static func grid(services: Int, operations: Int, calls: Int) -> Diagram {
        var diagram = Diagram(title: "Grid", summary: "many calls")
        for service in 0..<services {
            diagram.addCluster("s\(service)", .service, "service-\(service)")
            for operation in 0..<operations {
                diagram.addNode("o\(service).\(operation)", .operation, "do-\(operation)", in: "s\(service)")
            }
        }
        for call in 0..<calls {
            let source = (call * 7) % services
            let target = (source + 1 + call % 5) % services
            diagram.addEdge(
                "o\(source).\(call % operations)", "o\(target).\((call / 3) % operations)", .call,
                label: "policy-\(call % 4)")
        }
        return diagram
    }

    static let diagrams = [
        grid(services: 1, operations: 1, calls: 1), grid(services: 2, operations: 2, calls: 9),
        grid(services: 25, operations: 4, calls: 120), grid(services: 60, operations: 2, calls: 0),
    ]

    @Test(arguments: diagrams) func `nothing covers anything else`(diagram: Diagram) {
        let layout = DiagramLayout(diagram)
        let places = layout.boxes.map(\.frame) + layout.bundles.compactMap(\.chip)
        #expect(layout.boxes.count == diagram.clusters.count)
        for (index, left) in places.enumerated() {
            for right in places[(index + 1)...] {
                let apart =
                    left.x + left.width <= right.x || right.x + right.width <= left.x
                    || left.y + left.height <= right.y || right.y + right.height <= left.y
                #expect(apart, "\(left) and \(right)")
            }
            #expect(left.x >= 0 && left.y >= -1)
            #expect(left.x + left.width <= layout.width + 0.1 && left.y + left.height <= layout.height + 1)
        }
    }

    @Test(arguments: diagrams) func `every call is on a line that ends at its target`(diagram: Diagram) {
        let layout = DiagramLayout(diagram)
        #expect(layout.bundles.flatMap(\.edges).count == diagram.edges.count)
        for bundle in layout.bundles {
            let targets = Set(bundle.edges.map(\.target))
            #expect(targets.count == 1)
            let ends = bundle.lines.flatMap { [$0.from, $0.to] }
            let touches = ends.contains { abs($0.y - bundle.tip.y) < 0.1 && abs($0.x - bundle.tip.x) < 8 }
            #expect(touches, "no line reaches \(targets)")
        }
    }

    @Test func `edges lead from left to right where nothing goes round in circles`() {
        let layering = Layering(count: 5, edges: [(0, 1), (1, 2), (0, 2), (3, 2), (2, 4)])
        #expect(layering.layers == [0, 1, 2, 1, 3])
    }

    @Test func `a circle is cut once`() {
        let layering = Layering(count: 4, edges: [(0, 1), (1, 2), (2, 3), (3, 1)])
        #expect(layering.layers == [0, 1, 2, 3])
    }

    @Test func `texts take the room they were measured for, and long ones end with an ellipsis`() {
        #expect(TextMetrics.width("weir", size: 10) == 18.33)
        let name = String(repeating: "long-", count: 40)
        let kept = TextMetrics.fitted(name, size: 12, within: 100)
        #expect(kept.hasSuffix("…") && TextMetrics.width(kept, size: 12) <= 100)
    }

    @Test(arguments: DiagramFormat.allCases)
    func `names cannot break out of their quotes`(format: DiagramFormat) {
        var diagram = Diagram(title: "a \"b\" <c>", summary: "\\ & \u{1}")
        diagram.addNode("a\"]; x [label=\"", .policy, "</text><script>\"\n\\")
        let text = diagram.text(format)
        #expect(!text.contains("<script>") || format == .json || format == .dot)
        #expect(!text.unicodeScalars.contains("\u{1}"))
        if format == .dot { #expect(text.contains(#""a\"]; x [label=\"""#)) }
    }
}
