// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Whether the links between documents lead somewhere.
@Suite struct LinkTests {
    /// The anchor that a heading gets.
    static func anchor(of heading: some StringProtocol) -> String {
        let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        return kept.replacing(" ", with: "-")
    }

    static func anchors(in file: Repository.File) throws -> Set<String> {
        var isCode = false
        var anchors: Set<String> = []
        for line in try file.lines() {
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode, line.hasPrefix("#") else { continue }
            anchors.insert(anchor(of: line.drop { $0 == "#" }.trimmed))
        }
        return anchors
    }

    @Test(arguments: Repository.documents)
    func `leads to something that is there`(file: Repository.File) throws {
        let expression = try Regex(#"\]\(([^)\s]+)\)"#)
        var isCode = false
        for (number, line) in try file.lines().enumerated() {
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode else { continue }
            for match in line.matches(of: expression) {
                guard let target = match.output[1].substring, !target.contains("://"), !target.hasPrefix("mailto:")
                else {
                    continue
                }
                try check(String(target), from: file, line: number + 1)
            }
        }
    }

    private func check(_ target: String, from file: Repository.File, line: Int) throws {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let directory = file.path.split(separator: "/").dropLast().joined(separator: "/")
        let joined = parts[0].isEmpty ? file.path : (directory.isEmpty ? "" : directory + "/") + parts[0]
        let path = Self.normal(joined)
        guard Repository.contains(path) else {
            Issue.record("\(file.path):\(line): there is no \(path)")
            return
        }
        guard parts.count == 2, path.hasSuffix(".md") else { return }
        let anchors = try Self.anchors(in: Repository.File(path: path))
        #expect(anchors.contains(String(parts[1])), "\(file.path):\(line): \(path) has no heading #\(parts[1])")
    }

    /// A path without `.` and `..`.
    static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
