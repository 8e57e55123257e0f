// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Pictures of large graphs: a thousand operations that call one another in layers, each through a policy.
enum GraphBench {
    private static let layers = 10
    private static let width = 100

    static func run(_ report: inout Report, weir: String) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("weir-graph-\(getpid())")
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try Data("# The root of a workspace.\n".utf8).write(to: root.appendingPathComponent("weir.yaml"))
        try Data(text.utf8).write(to: root.appendingPathComponent("layers.weir"))
        report.title("weir graph calls of \(layers * (width + 1)) nodes")
        guard let data = Child.median(of: 3, [weir, "graph", "calls", root.path, "--format", "json"]),
            let picture = Child.median(of: 3, [weir, "graph", "calls", root.path, "--format", "svg"])
        else { return report.row("the program could not be started", 1, "", .atMost(0)) }
        report.row("as JSON, nothing laid out (baseline)", data.wallSeconds * 1e3, "ms", note: "exit \(data.status)")
        report.row("as SVG", picture.wallSeconds * 1e3, "ms", .atMost(2000), note: "exit \(picture.status)")
        report.row("exit codes", Double(data.status + picture.status), "", .atMost(0))
    }

    /// Each operation calls two of the next layer, through a policy of its own.
    private static var text: String {
        var text = "edition 1\n"
        for layer in 0..<layers {
            text += "\nservice layer-\(layer) {\n"
            for place in 0..<width {
                text += "  operation work-\(place) {\n"
                for offset in [0, 7] where layer + 1 < layers {
                    let callee = (place + offset) % width
                    text += "    calls layer-\(layer + 1).work-\(callee) using guard-\(layer + 1)-\(callee)\n"
                }
                text += "  }\n"
            }
            text += "}\n"
            for place in 0..<width { text += "\npolicy guard-\(layer)-\(place) {\n  timeout 500ms\n}\n" }
        }
        return text
    }
}
