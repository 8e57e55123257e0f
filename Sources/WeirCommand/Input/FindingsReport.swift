// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirExport
import WeirSyntax

/// The ways `weir check` writes findings.
enum FindingsFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people: source lines with labels, and what would help.
    case human
    /// For people and `grep`: a line a finding.
    case concise
    /// For programs: the current version, which is `jsonVersion1`.
    case json
    /// For programs that must not be surprised by a new version.
    case jsonVersion1 = "json-v1"
    /// For programs that read line by line.
    case jsonl

    func text(_ findings: [Diagnostic], _ compiled: CompiledWorkspace, isColoured: Bool = false) -> String {
        switch self {
        case .human: compiled.renderer(isColoured: isColoured).render(findings)
        case .concise: compiled.renderer(isColoured: isColoured).concise(findings)
        case .json, .jsonVersion1: compiled.findingsText.json(findings, files: compiled.fileCount)
        case .jsonl: compiled.findingsText.lines(findings, files: compiled.fileCount)
        }
    }
}

/// `--report FORMAT=PATH`: a file beside what is on the screen.
struct FindingsReport: ExpressibleByArgument {
    let format: FindingsFormat
    let path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let format = FindingsFormat(rawValue: String(parts[0])), !parts[1].isEmpty else {
            return nil
        }
        self.format = format
        path = String(parts[1])
    }

    func write(_ findings: [Diagnostic], _ compiled: CompiledWorkspace) throws {
        try FileWriting.replace(path, with: Array(format.text(findings, compiled).utf8))
    }
}
